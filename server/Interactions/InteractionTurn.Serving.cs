using OpenStage.Protocol.Fragments;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Interactions;

/// <summary>What the phone is asked next.</summary>
internal sealed partial class InteractionTurn
{
    /// <summary>The next job's action, or the CleanUp that ends the interaction (WPI guide p.41).</summary>
    private DlsMessage Next()
    {
        while (jobs.Values.OrderByDescending(job => job.Priority).FirstOrDefault(MayBeServed) is { } job)
        {
            State = State with { WaitingToServe = [.. State.WaitingToServe.Where(id => id != job.Id)] };
            if (job.Expires <= input.Now)
                Change(job.To(JobState.Expired, input.Now, "expired"));
            else if (State.WasBusy && NeedsIdle(job))
                WaitForIdle(job, "the phone is busy");
            else if (Serve(job) is { } answer)
                return answer;
        }

        return End();
    }

    /// <summary>True for what a phone in a call refuses: writes (p.46, p.62), and software that is not to be taken at once (p.56).</summary>
    private static bool NeedsIdle(Job job) =>
        job.Kind is JobKind.WriteItems or JobKind.SecureMode || (job.Kind == JobKind.SoftwareDeployment && job.Software!.WhenIdle);

    private bool MayBeServed(Job job) => job.State switch
    {
        JobState.Contacting => true,
        JobState.Pending => job.NotBefore <= input.Now,
        JobState.WaitingForIdle => State.WaitingToServe.Contains(job.Id),
        _ => false,
    };

    /// <summary>The action of a job, or null when the job needs none (any more).</summary>
    private DlsMessage? Serve(Job job)
    {
        switch (job.Kind)
        {
            case JobKind.Contact:
                // It has no action: the phone has called, which is all that was wanted (p.75 note 10).
                Change(job.To(JobState.Succeeded, input.Now, "the phone called"));
                return null;
            case JobKind.ReadAllItems:
                Change(job.To(JobState.Running, input.Now, "ReadAllItems sent"));
                return Ask(ServerAction.ReadAllItems, InteractionPurpose.Job, job.Id, null);
            case JobKind.Restart:
                return Restart(job);
            case JobKind.FileDeployment:
                return DeployFiles(job);
            case JobKind.SoftwareDeployment:
                return DeploySoftware(job);
            case JobKind.SecureMode:
                return Bootstrap(job);
            default:
                return ServePart(job);
        }
    }

    private DlsMessage? ServePart(Job job)
    {
        var action = job.Kind == JobKind.WriteItems ? ServerAction.WriteItems : ServerAction.ReadItems;
        var parts = ItemSplitter.Split(job.Remaining(), State.MaxItems, input.MaxMessageBytes);
        if (parts.Count == 0)
        {
            if (job.ReadBack.Count > 0 && !job.Results.All(result => result.Failed))
                return Ask(ServerAction.ReadItems, InteractionPurpose.ReadBack, job.Id, [.. job.ReadBack.Select(item => item with { Value = "" })]);
            Finish(job);
            return null;
        }

        Change(job.To(JobState.Running, input.Now, $"{Wording.Of(action)} sent, {parts[0].Count} of {job.Items.Count} items"));
        var items = action == ServerAction.ReadItems ? [.. parts[0].Select(item => item with { Value = "" })] : parts[0];
        return Ask(action, InteractionPurpose.Job, job.Id, items);
    }

    private DlsMessage Restart(Job job)
    {
        // No reply is sent before the phone reboots (p.50); what shows success is its next start-up.
        Change(job.To(JobState.WaitingForStartUp, input.Now, "Restart sent") with { Deadline = input.Now + input.StartUpTimeout });
        PostponeOthers("the phone restarts first");
        if (job.Items.Any(item => item.Name == "restart-type" && item.Value == "FactoryReset"))
            ExpectReturn(true);
        return Ask(ServerAction.Restart, InteractionPurpose.Job, job.Id, job.Items.Count > 0 ? job.Items : null);
    }

    /// <summary>Writes items that are of no job, in as many messages as it takes.</summary>
    private DlsMessage Write(InteractionPurpose purpose, IReadOnlyList<Item> items)
    {
        var part = ItemSplitter.Split(items, State.MaxItems, input.MaxMessageBytes)[0];
        var sent = part.Select(item => item.Key).ToHashSet();
        State = State with { Rest = [.. items.Where(item => !sent.Contains(item.Key))] };
        return Ask(ServerAction.WriteItems, purpose, null, part);
    }

    private DlsMessage Ask(ServerAction action, InteractionPurpose purpose, long? job, IReadOnlyList<Item>? items)
    {
        State = State with
        {
            Expected = action,
            Purpose = purpose,
            Job = job,
            Part = items ?? [],
            Fragments = action is ServerAction.ReadAllItems or ServerAction.ReadItems ? FragmentAssembler.Empty : null,
        };
        return new DlsMessage { Nonce = message.Nonce, Action = action, Items = items };
    }

    private DlsMessage End()
    {
        State = State with { Ended = true, Expected = ServerAction.None, Job = null, Part = [], Fragments = null, Rest = [], Duties = [] };
        var cleanUp = DlsMessage.CleanUp(message.Nonce);
        return WantsCall() ? cleanUp with { Items = [new Item("send-solicited", "true")] } : cleanUp;
    }

    /// <summary>
    /// True when the phone shall call once it is idle: after busy (p.46), and while jobs wait after one was written
    /// (p.75 steps 20 and 24). A phone that was not asked to write keeps what it was told before (p.75 step 10).
    /// </summary>
    private bool WantsCall() => device is { } known && DeviceFacts.TakesSendSolicited(known)
        && (State.WasBusy || (State.WroteIdle && WaitingJobs().Any()));

    private void WaitForIdle(Job job, string why)
    {
        // From V3R3 on the phone calls by itself (p.46); NotBefore is when the server loses patience.
        var takes = device is { } known && DeviceFacts.TakesSendSolicited(known);
        var wait = takes ? input.IdleCallTimeout : input.BusyRetryInterval;
        Change((job with { NotBefore = input.Now + wait }).To(JobState.WaitingForIdle, input.Now, why));
    }

    private void Finish(Job job)
    {
        var failed = job.Results.Count(result => result.Failed);
        if (failed == 0)
        {
            Change(job.To(JobState.Succeeded, input.Now, $"done, {job.Results.Count} {(job.Results.Count == 1 ? "item" : "items")}"));
            return;
        }

        var state = failed == job.Results.Count ? JobState.Failed : JobState.PartlyFailed;
        Change(job.To(state, input.Now, $"{failed} of {job.Results.Count} items refused"));
    }
}
