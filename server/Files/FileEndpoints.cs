using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using OpenStage.Server.Admin;
using OpenStage.Server.Description;

namespace OpenStage.Server.Files;

/// <summary>The library of files and firmware.</summary>
internal sealed class FileEndpoints(FileLibrary library)
{
    private const string Binary = "application/octet-stream";

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/files").WithTags("files");
        group.MapPost("", UploadAsync).Described("uploadFile", "Takes in a file: the body is its content", 409)
            .Accepts<Stream>(Binary).Produces<LibraryFile>(201);
        group.MapGet("", List).Described("listFiles", "Files, the newest first", 400);
        group.MapGet("/{id:long}", Get).Described("showFile", "What is said of one file", 404);
        group.MapGet("/{id:long}/content", ContentAsync).Described("downloadFile", "The content of one file", 404)
            .Produces<Stream>(200, Binary);
        group.MapGet("/{id:long}/jobs", Jobs).Described("listFileJobs", "Open jobs that need a file, the oldest 100", 404);
        group.MapPut("/{id:long}", Change).Described("changeFile", "Changes what is said of a file; its content stays", 404)
            .Example("""{"name":"ring-1001.mp3","type":"RINGTONE"}""");
        group.MapDelete("/{id:long}", Delete).Described("deleteFile", "Deletes a file that no open job needs", 404, 409).Produces(204);
    }

    private async Task<IResult> UploadAsync(
        HttpContext context,
        [Description("Name on the phone, no path."), Allowed(IsNeeded = true, Shortest = 1, Longest = 255, Example = "ring-1001.mp3")] string? name,
        [Description("What it is at the phone; APP is firmware."), Allowed(IsNeeded = true, Words = FileTypes.Words, Example = "RINGTONE")] string? type,
        [Description("Of firmware: the version that phones report when they run it, such as V3 R5.12.0."), Allowed(Longest = 64)] string? version,
        [Description("Of firmware: default Siemens SIP."), Allowed(Longest = 64)] string? softwareType,
        [Description("Of firmware: a device type that it is for, such as OpenStage 40; may be given several times."), Allowed(Longest = 50), FromQuery] string[]? deviceType = null)
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

    private FileList List(
        [Description("Any part of name, type, version, software type or device types, in any case."), Allowed(Longest = Asked.LongestSearch)] string? search,
        [Description("One type only."), Allowed(Words = FileTypes.Words)] string? type,
        [Description("Files to leave out at the beginning; default 0."), Allowed(IsNumber = true, Least = 0, Most = int.MaxValue)] string? skip,
        [Description("Most files; default 100."), Allowed(IsNumber = true, Least = 1, Most = Asked.MostAtOnce)] string? top)
    {
        var page = Asked.Page(skip, top);
        var filter = new FileFilter
        {
            Search = Asked.Search("search", search),
            Type = type is null ? null : FileFactsCheck.Type("type", type, FileTypes.All),
            Skip = page.Skip,
            Top = page.Top,
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
}
