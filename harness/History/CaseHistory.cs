using OpenStage.Harness.Reports;

namespace OpenStage.Harness.History;

/// <summary>How a case went on a phone in the last runs.</summary>
public sealed record CaseHistory
{
    /// <summary>Verdicts, oldest first; the last one is the newest run's.</summary>
    public required IReadOnlyList<Verdict> Trend { get; init; }

    /// <summary>
    /// 0 for a case that always says the same about a firmware, 1 for one that says something else each time: the share
    /// of runs that changed between good and bad with the same firmware.
    /// </summary>
    public required double FlakeScore { get; init; }

    /// <summary>When it last passed; null when it did in none of these runs.</summary>
    public DateTimeOffset? LastPassedAt { get; init; }
}
