using System.Text.Json.Nodes;
using OpenStage.Harness.Lab;

namespace OpenStage.Harness.ServiceSuite.Hooks;

/// <summary>Creates jobs by the REST API of this project's own service, as anybody with a token could.</summary>
internal sealed class AdminHook(LabHook entry, string token, TimeProvider time) : IJobHook
{
    private const int PollSeconds = 60;

    private readonly HttpHook http = new(entry, time);

    public Task CreateAsync(ServiceJob job)
    {
        var device = $"api/devices/{Uri.EscapeDataString(job.Mac)}";
        return job.Kind switch
        {
            ServiceJobKind.SecureMode => SendAsync(job, "POST", $"{device}/secure-mode", job.Pin.Length > 0
                ? new JsonObject { ["pin"] = true, ["pinValue"] = job.Pin }
                : new JsonObject { ["pin"] = false }),
            ServiceJobKind.DefaultMode => SendAsync(job, "DELETE", $"{device}/secure-mode", null),
            ServiceJobKind.Polling => SendAsync(job, "PUT", $"{device}/polling",
                new JsonObject { ["url"] = job.PollUrl!.AbsoluteUri, ["intervalSeconds"] = PollSeconds }),
            ServiceJobKind.NoPolling => SendAsync(job, "DELETE", $"{device}/polling", null),
            _ => SendAsync(job, "POST", "api/jobs", Job(job)),
        };
    }

    private static JsonObject Job(ServiceJob job)
    {
        var body = new JsonObject { ["mac"] = job.Mac, ["kind"] = job.Kind.ToString() };
        if (job.Items.Count > 0)
            body["items"] = HookTemplate.Items(job);
        if (job.Files.Count > 0)
        {
            body["files"] = new JsonArray([.. job.Files.Select(file =>
            {
                var entry = new JsonObject { ["url"] = file.AbsoluteUri };
                if (job.FileType.Length > 0)
                    entry["type"] = job.FileType;
                return entry;
            })]);
        }

        if (job.Version.Length > 0)
            body["software"] = new JsonObject { ["version"] = job.Version };
        return body;
    }

    private Task SendAsync(ServiceJob job, string method, string path, JsonObject? body)
    {
        var root = entry.Url.EndsWith('/') ? entry.Url : $"{entry.Url}/";
        return http.SendAsync(method, new Uri(new Uri(root), path), [new("Authorization", $"Bearer {token}")], body?.ToJsonString() ?? "", $"{job.Kind} for {job.Mac}");
    }
}
