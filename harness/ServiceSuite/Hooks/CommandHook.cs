using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;

namespace OpenStage.Harness.ServiceSuite.Hooks;

/// <summary>Creates jobs by a program that reads the job as JSON from its standard input.</summary>
internal sealed class CommandHook(LabHook entry, TimeProvider time) : IJobHook
{
    public Task CreateAsync(ServiceJob job) =>
        CommandRun.RunAsync(entry.Command, HookTemplate.Json(job).ToJsonString(), entry.Timeout, time, $"{job.Kind} for {job.Mac}");
}
