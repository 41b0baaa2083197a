using System.Globalization;
using OpenStage.Server.Accounts;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.Admin;

/// <summary>The administration's resources.</summary>
internal sealed class AdminEndpoints(ProvisioningServer server, CancellationToken stopping)
{
    private const double LongestWait = 300;

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/devices", () => server.Devices.List()).WithSummary("All phones that have called");
        api.MapGet("/devices/{mac}", GetDevice).WithSummary("One phone");
        api.MapGet("/devices/{mac}/items", ItemsAsync).WithSummary("The last that is known of a phone's items, secrets masked");
        api.MapPost("/jobs", CreateAsync).WithSummary("Creates a job").Produces<JobView>(201);
        api.MapGet("/jobs", ListJobs).WithSummary("Jobs, of one phone or one state when asked for");
        api.MapGet("/jobs/{id:long}", GetJob).WithSummary("One job");
        api.MapGet("/jobs/{id:long}/wait", WaitAsync).WithSummary("Answers when the job is over, or when the time is");
        api.MapDelete("/jobs/{id:long}", CancelAsync).WithSummary("Cancels a job that is not over");
        server.Phones.Map(api);
        api.MapGet("/transcripts", Transcripts).WithSummary("The latest exchanges with phones, secrets masked");
    }

    private Device GetDevice(string mac) => server.Devices.Get(CheckedMac(mac)!) ?? throw NoDevice(mac);

    private async Task<List<ItemView>> ItemsAsync(string mac) =>
        [.. (await server.Devices.ItemsAsync(GetDevice(mac).Mac)).Select(ItemView.Of)];

    private async Task<IResult> CreateAsync(NewJob asked, HttpContext context)
    {
        var job = await server.Jobs.CreateAsync(NewJobReading.Read(asked, server.Files.Get, Caller.Of(context)?.Name ?? ""));
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/jobs/{job.Id}"), JobView.Of(job));
    }

    private List<JobView> ListJobs(string? mac, string? state)
    {
        return [.. server.Jobs.List(CheckedMac(mac), Asked.NameOrNull<JobState>("state", state)).Select(JobView.Of)];
    }

    private JobView GetJob(long id) => JobView.Of(server.Jobs.Get(id) ?? throw NotFound(id));

    /// <param name="timeoutSeconds">Text, so that what is no number is refused like what is out of range.</param>
    private async Task<JobView> WaitAsync(long id, string? timeoutSeconds, HttpContext context)
    {
        var seconds = 30.0;
        if (timeoutSeconds is not null && !(double.TryParse(timeoutSeconds, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds)
            && seconds is >= 0 and <= LongestWait))
            throw new RequestException("timeoutSeconds", timeoutSeconds, string.Create(CultureInfo.InvariantCulture, $"0 to {LongestWait}"));
        GetJob(id);
        // Real time on purpose: it is the caller's connection that waits.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            return JobView.Of(await server.Jobs.WaitForEndAsync(id, limit.Token));
        }
        catch (OperationCanceledException)
        {
            return GetJob(id);
        }
    }

    private async Task<JobView> CancelAsync(long id) => JobView.Of(await server.Jobs.CancelAsync(id) ?? throw NotFound(id));

    private IReadOnlyList<TranscriptEntry> Transcripts(string? mac) => server.Recent.Of(CheckedMac(mac));

    private static string? CheckedMac(string? mac)
    {
        if (mac is null)
            return null;
        return MacAddress.TryNormalise(mac, out var normal)
            ? normal
            : throw new RequestException("mac", mac, "a MAC address such as 00:1A:E8:00:00:01");
    }

    private static RequestException NotFound(long id) =>
        RequestException.NotFound("id", id.ToString(CultureInfo.InvariantCulture), "the id of a job in /api/jobs");

    private static RequestException NoDevice(string mac) =>
        RequestException.NotFound("mac", mac, "the MAC address of a phone in /api/devices");
}
