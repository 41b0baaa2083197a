using OpenStage.Harness.History;

namespace OpenStage.Harness.Reports;

/// <summary>What a case found on a phone.</summary>
public sealed record ResultEntry
{
    public required string CaseId { get; init; }

    /// <summary>Id of the phone, or of the service under test.</summary>
    public required string PhoneId { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>False when the phone would not work with a service for this.</summary>
    public required bool Compatible { get; init; }

    public string Reason { get; init; } = "";

    public string Expected { get; init; } = "";

    public string Actual { get; init; } = "";

    /// <summary>What to do next, in words; for lab errors.</summary>
    public string Advice { get; init; } = "";

    /// <summary>The command that runs exactly this again; empty when there is none.</summary>
    public string Reproduce { get; init; } = "";

    /// <summary>The verdicts of all tries in their order, when there was more than one.</summary>
    public IReadOnlyList<Verdict> Tries { get; init; } = [];

    /// <summary>The verdict of the last run before; null when there was none, or nothing is known of one.</summary>
    public Verdict? Previous { get; init; }

    public double DurationMilliseconds { get; init; }

    /// <summary>How the case went on the phone in the last runs; null when no history is kept.</summary>
    public CaseHistory? History { get; init; }

    /// <summary>Files about it, such as evidence/os40/wpi-1-1/case.har: relative to the folder of the report, with / on every system.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What was on the wire, secrets masked.</summary>
    public IReadOnlyList<ExchangeEntry> Exchanges { get; init; } = [];
}
