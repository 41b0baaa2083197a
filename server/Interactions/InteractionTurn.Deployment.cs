using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Interactions;

/// <summary>Files and firmware (WPI guide p.52-57).</summary>
internal sealed partial class InteractionTurn
{
    /// <summary>The phone loads and reports with <c>status</c>, on a connection of its own (p.52); no reply is due.</summary>
    private DlsMessage DeployFiles(Job job)
    {
        if (job.IsUnreported)
        {
            Change(job.To(JobState.Running, input.Now, "ReadAllItems sent, to see which files the phone has"));
            return Ask(ServerAction.ReadAllItems, InteractionPurpose.Verification, job.Id, null);
        }

        Change(job.To(JobState.WaitingForStatus, input.Now, "FileDeployment sent") with { Deadline = input.Now + input.StatusTimeout });
        PostponeOthers("the phone loads files first");
        return Ask(ServerAction.FileDeployment, InteractionPurpose.Job, job.Id, DeploymentItems.Of(job, input.FileUrl));
    }

    /// <summary>The phone loads, restarts, and reports with start-up in its new version (p.56-57).</summary>
    private DlsMessage? DeploySoftware(Job job)
    {
        var version = job.Software!.Version;
        if (device is { } known)
        {
            if (IsVersion(known.Firmware, version))
            {
                Change(job.To(JobState.Succeeded, input.Now, $"the phone has {known.Firmware} already"));
                return null;
            }

            // A phone that takes an image and keeps its version would load it again and again (field).
            if (known.LastSoftware is { } sent && IsVersion(sent.Version, version) && sent.At + input.SameSoftwareInterval > input.Now)
            {
                var again = sent.At + input.SameSoftwareInterval;
                Change((job with { NotBefore = again }).To(JobState.Pending, input.Now, $"the same image was sent at {sent.At:u}; not again before {again:u}"));
                return null;
            }

            device = known with { LastSoftware = new SentSoftware(version, input.Now) };
        }

        Change(job.To(JobState.WaitingForStartUp, input.Now, "SoftwareDeployment sent") with { Deadline = input.Now + input.SoftwareTimeout });
        PostponeOthers("the phone loads its software first");
        return Ask(ServerAction.SoftwareDeployment, InteractionPurpose.Job, job.Id, DeploymentItems.Of(job, input.FileUrl));
    }

    private void SoftwareStarted(Job job)
    {
        var version = job.Software!.Version;
        var firmware = device?.Firmware ?? "";
        Change(IsVersion(firmware, version)
            ? job.To(JobState.Succeeded, input.Now, $"the phone started with {firmware}")
            : job.To(JobState.Failed, input.Now, $"the phone started with {firmware}, not {version}"));
    }

    /// <summary>A status message: how files went (p.52-54).</summary>
    private DlsMessage Status()
    {
        foreach (var report in FileReport.Read(message.Items ?? []))
        {
            var job = jobs.Values.FirstOrDefault(candidate => Awaits(candidate, report));
            if (job is null)
                Observe("status-of-no-deployment", "a file of a deployment under way", $"{report.Name} ({report.Type})", 54);
            else if (job.Kind == JobKind.SoftwareDeployment)
                SoftwareReported(job, report);
            else
                FileReported(job, report);
        }

        return Next();
    }

    private static bool Awaits(Job job, FileReport report) =>
        job.State is JobState.WaitingForStatus or JobState.WaitingForStartUp
        && job.Files.Any(file => report.IsOf(file) && !job.Results.Any(result => result.Name == file.Name && result.Value == file.Type));

    private void SoftwareReported(Job job, FileReport report)
    {
        // A phone that took the image restarts; only a failure is final here.
        Change(report.Ok
            ? job.Note(input.Now, "the phone took the image")
            : job.To(JobState.Failed, input.Now, "the phone could not use the image"));
    }

    private void FileReported(Job job, FileReport report)
    {
        var file = job.Files.First(report.IsOf);
        var next = job with { Results = [.. job.Results, new JobItemResult(file.Name, report.Index, report.Ok ? "" : "failed", file.Type)] };
        if (next.Results.Count == next.Files.Count)
            Finish(next);
        else
            Change(next.Note(input.Now, $"{next.Results.Count} of {next.Files.Count} files reported"));
    }

    /// <summary>All items of a phone that did not report: they list the files that it has (p.30, p.55).</summary>
    private void Verify(Job job, IReadOnlyList<Item> items)
    {
        var there = FileReport.Read(items);
        var results = job.Files.Where(file => !job.Results.Any(result => result.Name == file.Name && result.Value == file.Type)).Select(file =>
        {
            var found = there.FirstOrDefault(report => report.IsOf(file));
            var fault = file.Action == FileAction.Delete
                ? found is { Ok: true } ? "still there" : ""
                : found is null ? "not there" : found.Ok ? "" : "failed";
            return new JobItemResult(file.Name, null, fault, file.Type);
        });
        Finish(job with { Results = [.. job.Results, .. results] });
    }

    /// <summary>What was to follow in this interaction waits for another: the phone hangs up now.</summary>
    private void PostponeOthers(string why)
    {
        foreach (var left in jobs.Values.Where(other => other.State == JobState.Contacting).ToList())
            Change(left.To(JobState.Pending, input.Now, why));
    }

    private static bool IsVersion(string text, string other) =>
        FirmwareVersion.TryParse(text, out var left) && FirmwareVersion.TryParse(other, out var right) && left == right;
}
