using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OpenStage.Server.Pages.Forms;

/// <summary>
/// A form with a file at its end, read as it comes: the fields first, and then the file, which no memory nor temporary
/// file holds as a whole.
/// </summary>
internal sealed class FileUpload
{
    /// <summary>Name of the field with the file, the last one of the form.</summary>
    public const string File = "file";

    private const int MostFields = 64;
    private const int MostBytes = 8 * 1024;

    private readonly MultipartReader reader;

    private FileUpload(MultipartReader reader) => this.reader = reader;

    /// <summary>The fields before the file.</summary>
    public required FormInput Form { get; init; }

    /// <summary>The file, or null when there is none.</summary>
    public Stream? Content { get; init; }

    /// <summary>Name that the file has in the browser's world, without its path; empty when it has none.</summary>
    public string FileName { get; init; } = "";

    /// <exception cref="RequestException">It is no such form, or not of a page of this session.</exception>
    public static async Task<FileUpload> ReadAsync(HttpContext context, FormFields fields)
    {
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var known) ? known : null;
        if (type?.MediaType != "multipart/form-data" || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 70 } boundary)
        {
            throw new RequestException("Content-Type", context.Request.ContentType ?? "", "multipart/form-data")
            {
                Status = StatusCodes.Status415UnsupportedMediaType,
            };
        }

        // The library counts; the limit of other requests is too small here.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var reader = new MultipartReader(boundary, context.Request.Body);
        try
        {
            return await ReadAsync(context, reader, fields);
        }
        catch (InvalidDataException)
        {
            throw Broken;
        }
    }

    /// <summary>Reads what is behind the file.</summary>
    /// <exception cref="RequestException">There is something.</exception>
    public async Task EndAsync(CancellationToken cancellation)
    {
        try
        {
            if (await reader.ReadNextSectionAsync(cancellation) is { } section)
                throw new RequestException(Name(section), "behind the file", "the file as the last field");
        }
        catch (InvalidDataException)
        {
            throw Broken;
        }
    }

    private static RequestException Broken => new("form", "one that cannot be read", "a form as its page sends it");

    private static async Task<FileUpload> ReadAsync(HttpContext context, MultipartReader reader, FormFields fields)
    {
        var sent = new Dictionary<string, StringValues>();
        RequestException? tooLong = null;
        MultipartSection? section;
        while ((section = await reader.ReadNextSectionAsync(context.RequestAborted)) is not null && Name(section) != File)
        {
            if (sent.Count == MostFields)
                throw Broken;
            var name = Name(section);
            var text = await TextAsync(section, context.RequestAborted);
            if (text is null)
                tooLong ??= new RequestException(name, "a longer text", string.Create(CultureInfo.InvariantCulture, $"at most {MostBytes} bytes"));
            sent[name] = StringValues.Concat(sent.GetValueOrDefault(name), text ?? "");
        }

        // Where the antiforgery check looks for the token.
        context.Features.Set<IFormFeature>(new FormFeature(new FormCollection(sent)));
        await FormReader.CheckOursAsync(context);
        var form = fields.Read(sent);
        return new FileUpload(reader) { Form = form with { Wrong = form.Wrong ?? tooLong }, Content = section?.Body, FileName = FileNameOf(section) };
    }

    /// <returns>The text, or null when it is too long.</returns>
    private static async Task<string?> TextAsync(MultipartSection section, CancellationToken cancellation)
    {
        var text = new byte[MostBytes + 1];
        var length = await section.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation);
        return length <= MostBytes ? Encoding.UTF8.GetString(text, 0, length) : null;
    }

    private static string Name(MultipartSection section) => HeaderUtilities.RemoveQuotes(Disposition(section)?.Name ?? default).ToString();

    private static string FileNameOf(MultipartSection? section) => section is null || Disposition(section) is not { } disposition
        ? ""
        : (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).ToString().Split('/', '\\')[^1];

    private static ContentDispositionHeaderValue? Disposition(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) ? disposition : null;
}
