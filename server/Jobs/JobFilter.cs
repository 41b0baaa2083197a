namespace OpenStage.Server.Jobs;

/// <summary>Which jobs are meant; what is null does not matter.</summary>
public sealed record JobFilter
{
    /// <summary>MAC address in normal form.</summary>
    public string? Mac { get; init; }

    public JobState? State { get; init; }

    public JobKind? Kind { get; init; }

    /// <summary>Number of the campaign that the job is of.</summary>
    public long? Campaign { get; init; }

    /// <summary>True for jobs that are over, false for open ones.</summary>
    public bool? IsOver { get; init; }

    /// <summary>Jobs to leave out at the beginning, 0 or more.</summary>
    public int Skip { get; init; }

    /// <summary>Most jobs, 1 or more.</summary>
    public int Top { get; init; } = int.MaxValue;
}
