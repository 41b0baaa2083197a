using Microsoft.AspNetCore.Antiforgery;

namespace OpenStage.Server.Pages.Forms;

/// <summary>Reads a form of our own pages; one that another page sends is refused.</summary>
internal static class FormReader
{
    /// <summary>What is said of a form that is not of a page of this session.</summary>
    public static RequestException Foreign => new("form", "one of an earlier session, or of another page",
        "one that was loaded in this session: go back, load the page anew, and send it once more")
    {
        Status = StatusCodes.Status403Forbidden,
    };

    /// <exception cref="RequestException">It is no form, it is too large, or it did not come from a page of this session.</exception>
    public static async Task<FormInput> ReadAsync(HttpContext context, FormFields fields)
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

        await CheckOursAsync(context);
        return fields.Read(form);
    }

    /// <exception cref="RequestException">The form did not come from a page of this session.</exception>
    public static async Task CheckOursAsync(HttpContext context)
    {
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
            throw Foreign;
    }
}
