namespace OpenStage.Harness.Reports;

/// <summary>Everything about a run; report.json is this record.</summary>
public sealed record RunReport
{
    /// <summary>The version of the form that this program writes; it reads all from 1 on. 2 adds history and baseline, 3 tries, advice, evidence, rules, the run before, and what could not be restored.</summary>
    public const int CurrentSchemaVersion = 3;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required string RunId { get; init; }

    public string Title { get; init; } = "";

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Of merged runs all together.</summary>
    public required double DurationSeconds { get; init; }

    public required int Seed { get; init; }

    public required string LabFile { get; init; }

    public string ToolVersion { get; init; } = "";

    /// <summary>False when the run was interrupted.</summary>
    public required bool Complete { get; init; }

    /// <summary>Results that the run would have had when complete.</summary>
    public int PlannedResults { get; init; }

    /// <summary>The run that <see cref="ResultEntry.Previous"/> is of; empty when there is none.</summary>
    public string PreviousRun { get; init; } = "";

    /// <summary>The runs that were merged, earliest first; empty for a report of one run.</summary>
    public IReadOnlyList<RunEntry> Runs { get; init; } = [];

    /// <summary>What to know before trusting the rest, such as what merged runs contradict each other in.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What kept the lab from running.</summary>
    public IReadOnlyList<string> LabErrors { get; init; } = [];

    /// <summary>Entries of the baseline that have expired, each with file and line; they fail the run.</summary>
    public IReadOnlyList<string> BaselineErrors { get; init; } = [];

    /// <summary>Settings that a case changed and the lab could not set back, or not prove that it did.</summary>
    public IReadOnlyList<NotRestoredEntry> NotRestored { get; init; } = [];

    public required IReadOnlyList<PhoneEntry> Phones { get; init; }

    public required IReadOnlyList<CaseEntry> Cases { get; init; }

    /// <summary>The rules of the protocol that the suite is measured by, those without a case too.</summary>
    public IReadOnlyList<RuleEntry> Rules { get; init; } = [];

    public required IReadOnlyList<ResultEntry> Results { get; init; }
}
