using System.ComponentModel;
using System.Globalization;
using OpenStage.Server.Accounts;
using OpenStage.Server.Description;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.Admin;

/// <summary>The administration's resources.</summary>
internal sealed class AdminEndpoints(ProvisioningServer server, CancellationToken stopping)
{
    private const double LongestWait = 300;
    private const string MacText = "MAC address of the phone, with colons, dashes or neither";
    private const string IdText = "Number of the job";

    public void Map(RouteGroupBuilder api)
    {
        var devices = api.MapGroup("").WithTags("devices");
        devices.MapGet("/devices", () => server.Devices.List()).Described("listDevices", "All phones that have called");
        devices.MapGet("/devices/{mac}", GetDevice).Described("showDevice", "One phone", 400, 404);
        devices.MapGet("/devices/{mac}/items", ItemsAsync)
            .Described("listDeviceItems", "The last that is known of a phone's items, secrets masked", 400, 404);
        devices.MapGet("/transcripts", Transcripts).Described("listTranscripts", "The latest exchanges with phones, secrets masked", 400);
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.MapPost("", CreateAsync).Described("createJob", "Creates a job", 409).Produces<JobView>(201)
            .Example("""{"mac":"00:1A:E8:00:00:01","kind":"WriteItems","items":[{"name":"ringer-melody","value":"3"}]}""");
        jobs.MapGet("", ListJobs).Described("listJobs", "Jobs, of one phone or one state when asked for", 400);
        jobs.MapGet("/{id:long}", GetJob).Described("showJob", "One job", 404);
        jobs.MapGet("/{id:long}/wait", WaitAsync).Described("waitForJob", "Answers when the job is over, or when the time is", 400, 404);
        jobs.MapDelete("/{id:long}", CancelAsync).Described("cancelJob", "Cancels a job that is not over", 404);
        server.Phones.Map(api.MapGroup("").WithTags("Phones"));
    }

    private Device GetDevice([Description(MacText), Allowed(Example = MacAddress.Example)] string mac) => server.Devices.Get(CheckedMac(mac)!) ?? throw NoDevice(mac);

    private async Task<List<ItemView>> ItemsAsync([Description(MacText), Allowed(Example = MacAddress.Example)] string mac) =>
        [.. (await server.Devices.ItemsAsync(GetDevice(mac).Mac)).Select(ItemView.Of)];

    private async Task<IResult> CreateAsync(NewJob asked, HttpContext context)
    {
        var job = await server.Jobs.CreateAsync(NewJobReading.Read(asked, server.Files.Get, Caller.Of(context)?.Name ?? ""));
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/jobs/{job.Id}"), JobView.Of(job));
    }

    private List<JobView> ListJobs(
        [Description("Of this phone only"), Allowed(Example = MacAddress.Example)] string? mac,
        [Description("Of this state only"), Allowed(Names = typeof(JobState))] string? state)
    {
        return [.. server.Jobs.List(CheckedMac(mac), Asked.NameOrNull<JobState>("state", state)).Select(JobView.Of)];
    }

    private JobView GetJob([Description(IdText)] long id) => JobView.Of(server.Jobs.Get(id) ?? throw NotFound(id));

    private async Task<JobView> WaitAsync(
        [Description(IdText)] long id,
        [Description("How long to wait; default 30"), Allowed(IsNumber = true, Least = 0, Most = LongestWait, Example = 0.0)] string? timeoutSeconds,
        HttpContext context)
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

    private async Task<JobView> CancelAsync([Description(IdText)] long id) => JobView.Of(await server.Jobs.CancelAsync(id) ?? throw NotFound(id));

    private IReadOnlyList<TranscriptEntry> Transcripts([Description("Of this phone only"), Allowed(Example = MacAddress.Example)] string? mac) => server.Recent.Of(CheckedMac(mac));

    private static string? CheckedMac(string? mac) => mac is null ? null : Asked.Mac("mac", mac);

    private static RequestException NotFound(long id) =>
        RequestException.NotFound("id", id.ToString(CultureInfo.InvariantCulture), "the id of a job in /api/jobs");

    private static RequestException NoDevice(string mac) =>
        RequestException.NotFound("mac", mac, "the MAC address of a phone in /api/devices");
}
