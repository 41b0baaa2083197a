using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Files;

/// <summary>The library of files and firmware.</summary>
internal sealed class FileEndpoints(FileLibrary library)
{
    private const string Binary = "application/octet-stream";
    private const int MaxSearch = 200;

    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/files", UploadAsync).WithSummary("Takes in a file: the body is its content")
            .Accepts<Stream>(Binary).Produces<LibraryFile>(201).Produces<ApiErrorList>(400).Produces<ApiErrorList>(413).Produces<ApiErrorList>(415);
        api.MapGet("/files", List).WithSummary("Files, the newest first").Produces<ApiErrorList>(400);
        api.MapGet("/files/{id:long}", Get).WithSummary("What is said of one file").Produces<ApiErrorList>(404);
        api.MapGet("/files/{id:long}/content", ContentAsync).WithSummary("The content of one file")
            .Produces(200, contentType: Binary).Produces<ApiErrorList>(404);
        api.MapGet("/files/{id:long}/jobs", Jobs).WithSummary("Open jobs that need a file, the oldest 100").Produces<ApiErrorList>(404);
        api.MapPut("/files/{id:long}", Change).WithSummary("Changes what is said of a file; its content stays")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404);
        api.MapDelete("/files/{id:long}", Delete).WithSummary("Deletes a file that no open job needs")
            .Produces(204).Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
    }

    private async Task<IResult> UploadAsync(
        HttpContext context,
        [Description("Name on the phone, 1 to 255 characters, no path.")] string? name,
        [Description("RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, DONGLE, or APP for firmware.")] string? type,
        [Description("Of firmware: the version that phones report when they run it, such as V3 R5.12.0.")] string? version,
        [Description("Of firmware: a device type that it is for, such as OpenStage 40; may be given several times."), FromQuery] string[]? deviceType,
        [Description("Of firmware: default Siemens SIP.")] string? softwareType)
    {
        var request = context.Request;
        if (request.ContentLength > library.MaxBytes)
            throw library.TooLarge(request.ContentLength.Value);
        // The library counts, also what comes in chunks; the limit of the other requests is too small here.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var facts = new FileFacts
        {
            Name = name ?? "",
            Type = type ?? "",
            Version = version ?? "",
            DeviceTypes = deviceType ?? [],
            SoftwareType = softwareType ?? "",
        };
        var file = await library.AddAsync(facts, context.User.Identity?.Name ?? "", request.Body, context.RequestAborted);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/files/{file.Id}"), file);
    }

    /// <param name="skip">Text, so that what is no number is refused like what is out of range.</param>
    private FileList List(
        [Description("Any part of name, type, version, software type or device types, in any case.")] string? search,
        [Description("One type only.")] string? type,
        [Description("Files to leave out at the beginning, 0 to 2147483647, default 0.")] string? skip,
        [Description("Most files, 1 to 1000, default 100.")] string? top)
    {
        if (search is not null && (search.Length > MaxSearch || !FileFactsCheck.IsText(search)))
            throw new RequestException("search", FileFactsCheck.Shown(search), $"0 to {MaxSearch} characters, none of them a control character");
        var filter = new FileFilter
        {
            Search = search,
            Type = type is null ? null : FileFactsCheck.Type("type", type, FileTypes.All),
            Skip = Number("skip", skip, 0, 0, int.MaxValue),
            Top = Number("top", top, 100, 1, 1000),
        };
        return new FileList(library.Count(filter), library.List(filter));
    }

    private LibraryFile Get([Description("Number of the file.")] long id) => library.Get(id) ?? throw FileLibrary.NotFound(id);

    private List<JobView> Jobs([Description("Number of the file.")] long id) => [.. library.OpenJobs(Get(id).Id).Select(JobView.Of)];

    private LibraryFile Change([Description("Number of the file.")] long id, FileChange asked) => library.Change(id, new FileFacts
    {
        Name = asked.Name ?? "",
        Type = asked.Type ?? "",
        Version = asked.Version ?? "",
        DeviceTypes = [.. (asked.DeviceTypes ?? []).Select(deviceType => deviceType ?? "")],
        SoftwareType = asked.SoftwareType ?? "",
    });

    private NoContent Delete([Description("Number of the file.")] long id)
    {
        library.Delete(id);
        return TypedResults.NoContent();
    }

    private async Task ContentAsync([Description("Number of the file.")] long id, HttpContext context)
    {
        var file = Get(id);
        var response = context.Response;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.ContentType = Binary;
        response.ContentLength = file.Size;
        for (long sent = 0; sent < file.Size;)
        {
            var chunk = await library.ChunkAsync(id, (int)(sent / FileLibrary.ChunkBytes), context.RequestAborted);
            if (chunk is null)
            {
                // Deleted meanwhile: the caller sees that it is not whole.
                context.Abort();
                return;
            }

            await response.Body.WriteAsync(chunk, context.RequestAborted);
            sent += chunk.Length;
        }
    }

    private static int Number(string field, string? text, int usual, int least, int most)
    {
        if (text is null)
            return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new RequestException(field, FileFactsCheck.Shown(text), string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
    }
}
