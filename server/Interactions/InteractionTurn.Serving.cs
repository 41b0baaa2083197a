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
            else if (State.WasBusy && job.Kind == JobKind.WriteItems)
                WaitForIdle(job, "the phone is busy");
            else if (Serve(job) is { } answer)
                return answer;
        }

        return End();
    }

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
                return Ask(ServerAction.ReadAllItems, job.Id, null);
            case JobKind.Restart:
                return Restart(job);
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
            Finish(job);
            return null;
        }

        Change(job.To(JobState.Running, input.Now, $"{Wording.Of(action)} sent, {parts[0].Count} of {job.Items.Count} items"));
        var items = action == ServerAction.ReadItems ? [.. parts[0].Select(item => item with { Value = "" })] : parts[0];
        return Ask(action, job.Id, items);
    }

    private DlsMessage Restart(Job job)
    {
        // No reply is sent before the phone reboots (p.50); what shows success is its next start-up.
        Change(job.To(JobState.WaitingForStartUp, input.Now, "Restart sent") with { Deadline = input.Now + input.StartUpTimeout });
        foreach (var left in jobs.Values.Where(other => other.State == JobState.Contacting).ToList())
            Change(left.To(JobState.Pending, input.Now, "the phone restarts first"));
        return Ask(ServerAction.Restart, job.Id, job.Items.Count > 0 ? job.Items : null);
    }

    private DlsMessage AskForAllItems() => Ask(ServerAction.ReadAllItems, null, null);

    private DlsMessage Ask(ServerAction action, long? job, IReadOnlyList<Item>? items)
    {
        State = State with
        {
            Expected = action,
            Job = job,
            Part = items ?? [],
            Fragments = action is ServerAction.ReadAllItems or ServerAction.ReadItems ? FragmentAssembler.Empty : null,
        };
        return new DlsMessage { Nonce = message.Nonce, Action = action, Items = items };
    }

    private DlsMessage End()
    {
        State = State with { Ended = true, Expected = ServerAction.None, Job = null, Part = [], Fragments = null };
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
            Change(job.To(JobState.Succeeded, input.Now, $"done, {job.Results.Count} items"));
            return;
        }

        var state = failed == job.Results.Count ? JobState.Failed : JobState.PartlyFailed;
        Change(job.To(state, input.Now, $"{failed} of {job.Results.Count} items refused"));
    }
}
