using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages;

/// <summary>Tells people on a page what programs are told in JSON.</summary>
internal static class PageErrors
{
    private static readonly PathString[] NoPages = ["/api", "/openapi", "/events", "/assets", "/health"];

    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        if (!WantsPage(context.Request))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (RequestException wrong)
        {
            if (wrong.RetryAfter is { } wait)
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Page(wrong).ExecuteAsync(context);
            return;
        }
        catch (BadHttpRequestException wrong)
        {
            await Page(new RequestException("request", "one that cannot be read", "a request that a page of this server sends") { Status = wrong.StatusCode })
                .ExecuteAsync(context);
            return;
        }

        if (!context.Response.HasStarted && context.Response.ContentType is null && context.Response.StatusCode is 404 or 405)
            await Page(RequestException.NotFound("path", context.Request.Path, "an address that the menu leads to")).ExecuteAsync(context);
    }

    /// <summary>Says what is wrong on a page.</summary>
    public static RazorComponentResult<ErrorPage> Page(RequestException wrong) => PageMap.Page<ErrorPage>(wrong, wrong.Status);

    /// <summary>True for a request of somebody who looks at pages; a program gets JSON.</summary>
    public static bool WantsPage(HttpRequest request) =>
        !NoPages.Any(path => request.Path.StartsWithSegments(path))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
