namespace OpenStage.Server.Campaigns;

/// <summary>One job for many phones.</summary>
public sealed record Campaign
{
    private const int MaxHistory = 200;

    public required long Id { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Name { get; init; }

    public required CampaignContent Content { get; init; }

    public required CampaignFilter Filter { get; init; }

    /// <summary>Most phones a minute, 1 to 6000; null for no limit.</summary>
    public int? Rate { get; init; }

    /// <summary>Most jobs that are open at a time, 1 to 10000.</summary>
    public int AtOnce { get; init; } = 50;

    /// <summary>When phones may be released; null for always.</summary>
    public CampaignWindow? Window { get; init; }

    /// <summary>The campaign stops when so many percent of the phones that are done failed, 1 to 100; null for never.</summary>
    public int? StopAfterFailurePercent { get; init; }

    /// <summary>Phones that must be done before failures are counted, 1 to 10000.</summary>
    public int MinimumSample { get; init; } = 5;

    public CampaignState State { get; init; }

    /// <summary>Why it was stopped; empty when it was not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>True while jobs of a stopped campaign are open: those that no phone is working at are cancelled.</summary>
    public bool Withdrawing { get; init; }

    /// <summary>Phones that were chosen when it started.</summary>
    public int Phones { get; init; }

    /// <summary>Who made it; empty for the server itself.</summary>
    public string CreatedBy { get; init; } = "";

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>Since when it runs without a pause; null when it does not run.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>How long it ran before, without pauses and the hours outside its window.</summary>
    public TimeSpan RanBefore { get; init; }

    /// <summary>When a phone was last released.</summary>
    public DateTimeOffset? LastRelease { get; init; }

    /// <summary>Phones released in the batch that the last one was of.</summary>
    public int LastBatch { get; init; }

    public IReadOnlyList<CampaignHistoryLine> History { get; init; } = [];

    /// <summary>How long it has run, without pauses and the hours outside its window.</summary>
    internal TimeSpan RunningTime(DateTimeOffset now)
    {
        if (RunningSince is not { } since || since >= now)
            return RanBefore;
        return RanBefore + (Window?.OpenTime(since, now) ?? now - since);
    }

    internal Campaign To(CampaignState state, DateTimeOffset now, string why)
    {
        var isOver = state is CampaignState.Stopped or CampaignState.Done;
        return (this with
        {
            State = state,
            Started = Started ?? now,
            Ended = isOver ? now : null,
            RanBefore = RunningTime(now),
            RunningSince = state == CampaignState.Running ? now : null,
            Reason = state == CampaignState.Stopped ? why : "",
            Withdrawing = state == CampaignState.Stopped,
        }).Note(now, why);
    }

    /// <summary>Some phones were released.</summary>
    internal Campaign Released(int count, DateTimeOffset now)
    {
        if (count == 0)
            return this;
        var isNewBatch = Rate is not { } rate || LastRelease is not { } last || now >= last + CampaignPace.Of(rate).Pause;
        return this with { LastRelease = now, LastBatch = isNewBatch ? count : LastBatch + count };
    }

    internal Campaign Note(DateTimeOffset now, string text)
    {
        // One that is paused and resumed for weeks keeps its first lines and its latest.
        IEnumerable<CampaignHistoryLine> kept = History.Count < MaxHistory
            ? History
            : [.. History.Take(20), .. History.Skip(History.Count - MaxHistory + 21)];
        return this with { History = [.. kept, new CampaignHistoryLine(now, text)] };
    }
}
