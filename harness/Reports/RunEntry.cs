namespace OpenStage.Harness.Reports;

/// <summary>A run that is part of a merged report.</summary>
public sealed record RunEntry
{
    public required string RunId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double DurationSeconds { get; init; }

    public required int Seed { get; init; }

    public required string LabFile { get; init; }

    public string ToolVersion { get; init; } = "";

    /// <summary>False when the run was interrupted.</summary>
    public required bool Complete { get; init; }
}
