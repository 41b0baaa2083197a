namespace OpenStage.Harness.Reports;

/// <summary>Everything about a run; report.json is this record.</summary>
public sealed record RunReport
{
    /// <summary>The version of the form that this program reads and writes.</summary>
    public const int CurrentSchemaVersion = 1;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required string RunId { get; init; }

    public string Title { get; init; } = "";

    public required DateTimeOffset StartedAt { get; init; }

    public required double DurationSeconds { get; init; }

    public required int Seed { get; init; }

    public required string LabFile { get; init; }

    public string ToolVersion { get; init; } = "";

    public string ServerUrl { get; init; } = "";

    /// <summary>False when the run was interrupted.</summary>
    public required bool Complete { get; init; }

    /// <summary>What kept the lab from running.</summary>
    public IReadOnlyList<string> LabErrors { get; init; } = [];

    public required IReadOnlyList<PhoneEntry> Phones { get; init; }

    public required IReadOnlyList<CaseEntry> Cases { get; init; }

    public required IReadOnlyList<ResultEntry> Results { get; init; }
}
