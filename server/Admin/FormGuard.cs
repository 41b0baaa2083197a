using Microsoft.AspNetCore.Antiforgery;
using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Admin;

/// <summary>
/// Lets nothing be changed by a browser that another site sent: a form needs the antiforgery token of one of our pages,
/// everything else that comes with the cookie must say that it is from a page of ours.
/// </summary>
/// <remarks>A bearer token is the proof itself: no browser adds one by itself.</remarks>
internal sealed class FormGuard(IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (AccessRules.IsReading(request.Method) || BearerHandler.Token(context) is not null || context.GetEndpoint()?.Metadata.GetMetadata<PlainForm>() is not null)
        {
            await next(context);
            return;
        }

        if (request.HasFormContentType)
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<StreamedForm>() is null && !await IsOursAsync(context))
            {
                await ApiErrors.AnswerAsync(context, FormReader.Foreign);
                return;
            }
        }
        else if (AdminSession.Token(context) is not null && !SaysItIsOurs(request))
        {
            await ApiErrors.WriteAsync(context, 403, "Origin", "", $"{request.Scheme}://{request.Host.Value}");
            return;
        }

        await next(context);
    }

    private async Task<bool> IsOursAsync(HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        catch (Exception broken) when (broken is AntiforgeryValidationException or InvalidDataException or IOException and not BadHttpRequestException)
        {
            // A form that cannot be read has no token in it.
            return false;
        }
    }

    /// <summary>BrowserGuard has refused every other origin already.</summary>
    private static bool SaysItIsOurs(HttpRequest request) =>
        request.Headers.Origin.Count > 0 || request.Headers["Sec-Fetch-Site"] is ["same-origin"];
}
