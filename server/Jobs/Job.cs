using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Jobs;

/// <summary>Something to be done with one phone, kept until it is done.</summary>
public sealed record Job
{
    internal const int DefaultMaxAttempts = 3;

    private const int MaxHistory = 200;

    public required long Id { get; init; }

    public required string Mac { get; init; }

    public required JobKind Kind { get; init; }

    public JobState State { get; init; }

    /// <summary>Of the jobs that could be served the highest comes first, then the oldest; -100 to 100, 0 unless asked otherwise.</summary>
    public int Priority { get; init; }

    /// <summary>Number of the campaign that the job is of, or null.</summary>
    public long? Campaign { get; init; }

    /// <summary>Who asked for it; empty for the server itself.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Files of a deployment; of software exactly one.</summary>
    public IReadOnlyList<DeploymentFile> Files { get; init; } = [];

    /// <summary>The image of a SoftwareDeployment.</summary>
    public SoftwareImage? Software { get; init; }

    /// <summary>Of a SecureMode job: what the phone was given.</summary>
    public Bootstrapping? Bootstrapping { get; init; }

    /// <summary>Items read after a write, in the same interaction (p.46, p.60); empty for none.</summary>
    public IReadOnlyList<Item> ReadBack { get; init; } = [];

    public IReadOnlyList<Item> Items { get; init; } = [];

    public required DateTimeOffset Created { get; init; }

    /// <summary>When the server may contact the phone for this job.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>For a job that waits for start-up: when it is given up.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The phone did not say how a file deployment went: it is asked which files it has (p.55).</summary>
    public bool IsUnreported { get; init; }

    /// <summary>Attempts that broke off.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that may break off before the job is failed.</summary>
    public int MaxAttempts { get; init; } = DefaultMaxAttempts;

    /// <summary>Set when a running job is cancelled; it ends with the phone's next message.</summary>
    public bool CancelRequested { get; init; }

    public IReadOnlyList<JobHistoryLine> History { get; init; } = [];

    /// <summary>Items that the phone has answered for, in the order of its answers.</summary>
    public IReadOnlyList<JobItemResult> Results { get; init; } = [];

    /// <summary>Items of a write that no phone has answered for yet.</summary>
    internal IReadOnlyList<Item> Remaining()
    {
        var done = Results.Select(result => result.Key).ToHashSet();
        return [.. Items.Where(item => !done.Contains(item.Key))];
    }

    internal Job To(JobState state, DateTimeOffset now, string why) =>
        (this with { State = state, Deadline = null }).Note(now, why);

    internal Job Note(DateTimeOffset now, string text)
    {
        // A job that is contacted for days keeps its first lines and its latest.
        IEnumerable<JobHistoryLine> kept = History.Count < MaxHistory
            ? History
            : [.. History.Take(20), .. History.Skip(History.Count - MaxHistory + 21)];
        return this with { History = [.. kept, new JobHistoryLine(now, text)] };
    }

    /// <summary>An attempt broke off: pending again, or failed when it was the last.</summary>
    internal Job BreakOff(DateTimeOffset now, string why)
    {
        if (CancelRequested)
            return To(JobState.Cancelled, now, "cancelled");
        var next = this with { Attempts = Attempts + 1 };
        return next.Attempts >= MaxAttempts
            ? next.To(JobState.Failed, now, $"{why}; failed after {MaxAttempts} attempts")
            : (next with { NotBefore = now }).To(JobState.Pending, now, $"{why}; pending again");
    }
}
