using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Interactions;

/// <summary>What a reply means (WPI guide p.28-29).</summary>
internal sealed partial class InteractionTurn
{
    public DlsMessage Reply()
    {
        Seen();
        if (State.Ended || State.Expected == ServerAction.None)
        {
            Observe("reply-after-end", "no reply after CleanUp", $"reply-to {message.Action}", 31);
            return DlsMessage.CleanUp(message.Nonce);
        }

        State = State with { MaxItems = message.MaxItems ?? State.MaxItems };
        if (State.Expected == ServerAction.WriteItems && message.Status != ReplyStatus.Busy)
            State = State with { WroteIdle = true };
        if (!AnswersExpected())
            return WrongAction();
        // A phone that refuses to be reset, as for a wrong password (p.51), stays in Secure Mode.
        if (State.Expected == ServerAction.Restart && message.Status != ReplyStatus.Accepted)
            ExpectReturn(false);
        if (Current is { CancelRequested: true } cancelled)
        {
            Change(cancelled.To(JobState.Cancelled, input.Now, "cancelled while it ran"));
            return End();
        }

        // An image that the phone refused may be sent again as soon as it is idle.
        if (State.Expected == ServerAction.SoftwareDeployment && message.Status != ReplyStatus.Accepted)
            device = device! with { LastSoftware = null };
        return message.Status switch
        {
            ReplyStatus.Accepted => Accepted(),
            ReplyStatus.Busy => Busy(),
            ReplyStatus.Failed => Refused("the phone answered failed"),
            _ => UnknownStatus(),
        };
    }

    private bool AnswersExpected()
    {
        if (message.Action is not { Length: > 0 } action)
        {
            Observe("reply-action-missing", $"action=\"{Wording.Of(State.Expected)}\"", "no action attribute", 29);
            return true;
        }

        // The guide does not show the action of later fragments; either the first or GetNextFragment is plausible (p.70).
        var inFragments = State.Fragments is { Fragments: > 0 };
        return action.Equals(Wording.Of(State.Expected), StringComparison.OrdinalIgnoreCase)
            || (inFragments && action.Equals(Wording.Of(ServerAction.GetNextFragment), StringComparison.OrdinalIgnoreCase));
    }

    private DlsMessage WrongAction()
    {
        var expected = $"reply to {Wording.Of(State.Expected)}";
        Observe("wrong-action", expected, $"reply to {message.Action}", 29);
        if (Current is { State: JobState.Running } running)
            Change(running.BreakOff(input.Now, $"expected {expected}, got {message.Action}"));
        return End();
    }

    private DlsMessage Accepted()
    {
        switch (State.Expected)
        {
            case ServerAction.ReadAllItems or ServerAction.ReadItems:
                return ItemsCame();
            case ServerAction.WriteItems:
                return PartWritten();
            default:
                var page = State.Expected switch { ServerAction.FileDeployment => 52, ServerAction.SoftwareDeployment => 56, _ => 50 };
                Observe("replied", $"no reply to {Wording.Of(State.Expected)}", "accepted", page);
                return End();
        }
    }

    private DlsMessage ItemsCame()
    {
        var fragments = State.Fragments!.Add(message);
        if (fragments.Refusal is { } refusal)
        {
            effects.Add(new InteractionEffect.Observed(refusal));
            if (Current is { } looping)
                Change(looping.To(JobState.Failed, input.Now, $"the phone sent {refusal.Actual} fragments or items, {refusal.Expected}"));
            return End();
        }

        State = State with { Fragments = fragments };
        if (!fragments.Complete)
            return new DlsMessage { Nonce = message.Nonce, Action = ServerAction.GetNextFragment };

        var all = State.Expected == ServerAction.ReadAllItems;
        effects.Add(new InteractionEffect.ItemsLearned(fragments.Items, all, fragments.Fragments == 1 ? input.BodyHash : ""));
        if (device is { } known)
        {
            known = all ? known with { ItemsRead = input.Now } : known;
            device = input.IsTold && fragments.Fragments == 1 ? known : DeviceFacts.WithItems(known, fragments.Items);
        }

        return ItemsRead(fragments.Items);
    }

    private DlsMessage ItemsRead(IReadOnlyList<Item> items)
    {
        switch (State.Purpose, Current)
        {
            case (InteractionPurpose.Tan, { } job):
                return TanCame(job, items);
            case (InteractionPurpose.Verification, { } job):
                Verify(job, items);
                break;
            case (InteractionPurpose.ReadBack, { } job):
                Finish(WithValues(job, items));
                break;
            case (InteractionPurpose.UserDataFromPhone, _):
                UserDataCame(items);
                break;
            case (_, { } job) when State.Expected == ServerAction.ReadAllItems:
                Change(job.Note(input.Now, $"{items.Count} items read").To(JobState.Succeeded, input.Now, "done"));
                break;
            case (_, { } job):
                FinishIfDone(WithValues(job, items));
                break;
        }

        return Continue();
    }

    private Job WithValues(Job job, IReadOnlyList<Item> came)
    {
        var byKey = came.GroupBy(item => item.Key).ToDictionary(group => group.Key, group => group.First());
        var results = State.Part.Select(asked => byKey.TryGetValue(asked.Key, out var item)
            ? new JobItemResult(asked.Name, asked.Index, StatusOf(item), item.Value)
            : new JobItemResult(asked.Name, asked.Index, "missing in the reply", ""));
        return job with { Results = [.. job.Results, .. results] };
    }

    private DlsMessage PartWritten()
    {
        var refused = new Dictionary<ItemKey, string>();
        foreach (var item in message.Items ?? [])
        {
            // Only failed items are listed, each with its status (p.78).
            if (item.Status == ItemStatus.None)
                Observe("reply-item-without-status", "only failed items, with status", item.Key.ToString(), 78);
            else
                refused.TryAdd(item.Key, StatusOf(item));
        }

        foreach (var stranger in refused.Keys.Except(State.Part.Select(item => item.Key)))
            Observe("reply-item-not-written", "failed items out of those written", stranger.ToString(), 78);

        if (Current is { Kind: JobKind.SecureMode } bootstrap)
            return BootstrapTaken(bootstrap, isRefused: refused.Count > 0);
        effects.Add(new InteractionEffect.ItemsLearned([.. State.Part.Where(item => !refused.ContainsKey(item.Key))], All: false));
        if (Current is { } job)
        {
            var results = State.Part.Select(item => new JobItemResult(item.Name, item.Index, refused.GetValueOrDefault(item.Key, ""), item.Value));
            FinishIfDone(job with { Results = [.. job.Results, .. results] });
            return Continue();
        }

        if (State.Rest.Count > 0)
            return Write(State.Purpose, State.Rest);
        if (State.Purpose == InteractionPurpose.Profile)
            ProfileWritten();
        return Proceed(State.Duties);
    }

    private void FinishIfDone(Job job)
    {
        if (job.Remaining().Count == 0 && job.ReadBack.Count == 0)
            Finish(job);
        else
            Change(job.Note(input.Now, $"{job.Results.Count} of {job.Items.Count} items done"));
    }

    /// <summary>The next part of the job at hand (p.71), or else the next job.</summary>
    private DlsMessage Continue() =>
        Current is { State: JobState.Running } job && ServePart(job) is { } answer ? answer : Proceed(State.Duties);

    private DlsMessage Busy()
    {
        if (State.Purpose == InteractionPurpose.Tan)
            return Refused("the phone answered busy");
        State = State with { WasBusy = true };
        if (State.Expected is not (ServerAction.WriteItems or ServerAction.SoftwareDeployment))
            Observe("busy-for-other-action", "busy for WriteItems only", $"busy for {Wording.Of(State.Expected)}", 30);
        if (Current is { } job)
            WaitForIdle(job, "the phone answered busy");
        return Proceed(State.Duties);
    }

    private DlsMessage UnknownStatus()
    {
        Observe("reply-status", "accepted, failed or busy", message.StatusText is { Length: > 0 } text ? Short(text) : "no status", 29);
        return Refused($"the phone answered {(message.StatusText is { Length: > 0 } other ? $"'{Short(other)}'" : "without a status")}");
    }

    private DlsMessage Refused(string why)
    {
        if (Current is { } job)
            Change(job.To(JobState.Failed, input.Now, $"{Wording.Of(State.Expected)}: {why}"));
        else if (State.Purpose == InteractionPurpose.Registration)
            Observe("read-refused", "items at registration", why, 34);
        else
            Observe("write-refused", "items of the server's own taken", why, 46);
        // Who did not prove to have the right PIN gets nothing else.
        return State.Purpose == InteractionPurpose.Tan ? End() : Proceed(State.Duties);
    }

    private static string StatusOf(Item item) =>
        item.Status == ItemStatus.None ? "" : item.StatusText ?? Wording.Of(item.Status);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40];
}
