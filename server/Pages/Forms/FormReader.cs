using Microsoft.AspNetCore.Antiforgery;

namespace OpenStage.Server.Pages.Forms;

/// <summary>Reads a form of our own pages; one that another page sends is refused.</summary>
internal static class FormReader
{
    /// <exception cref="RequestException">It is no form, it is too large, or it did not come from a page of this session.</exception>
    public static async Task<FormInput> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            throw new RequestException("Content-Type", context.Request.ContentType ?? "", "application/x-www-form-urlencoded")
            {
                Status = StatusCodes.Status415UnsupportedMediaType,
            };
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw new RequestException("form", "one that cannot be read", "a form of at most 1024 fields, as its page sends it");
        }

        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
            throw new RequestException("form", "one of an earlier session, or of another page", "a form that was loaded in this session: go back, load the page again, and send it again");
        return new FormInput(form.ToDictionary(field => field.Key, field => field.Value.ToString().ReplaceLineEndings("\n")));
    }
}
