using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Comparison;

/// <summary>A case with another verdict than before.</summary>
public sealed record VerdictChange
{
    public required string CaseId { get; init; }

    public required string Title { get; init; }

    /// <summary>Page of the guide.</summary>
    public required int Page { get; init; }

    public required ChangeKind Kind { get; init; }

    /// <summary>Null when the case has no result in the first run.</summary>
    public Verdict? Before { get; init; }

    /// <summary>Null when the case has no result in the second run.</summary>
    public Verdict? After { get; init; }

    /// <summary>True when the phone worked with a service before and would not now.</summary>
    public bool BecameIncompatible { get; init; }

    /// <summary>What the second run says about it: expected and actual, or the reason.</summary>
    public string Why { get; init; } = "";
}
