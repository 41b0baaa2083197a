using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.ServiceSuite.Hooks;

/// <summary>Creates jobs by an HTTP request made of the lab file's templates.</summary>
internal sealed class RestHook(LabHook entry, string token, TimeProvider time) : IJobHook
{
    private readonly HttpHook http = new(entry, time);

    public Task CreateAsync(ServiceJob job)
    {
        if (!Uri.TryCreate(HookTemplate.Fill(entry.Url, job, token, Uri.EscapeDataString), UriKind.Absolute, out var url))
            throw new LabErrorException($"{job.Kind}: the hook's url is no address once its placeholders are filled in.");
        return http.SendAsync(
            entry.Method,
            url,
            [.. entry.Headers.Select(header => new KeyValuePair<string, string>(header.Key, HookTemplate.Fill(header.Value, job, token, static text => text)))],
            HookTemplate.Fill(entry.Body, job, token, HookTemplate.InJson),
            $"{job.Kind} for {job.Mac}");
    }
}
