namespace OpenStage.Harness.Comparison;

/// <summary>A phone in two runs, or two phones.</summary>
public sealed record PhoneComparison
{
    public required ComparedPhone Before { get; init; }

    public required ComparedPhone After { get; init; }

    /// <summary>Number of cases with a verdict on the phone on both sides; only their messages are compared.</summary>
    public required int CasesInBoth { get; init; }

    public required IReadOnlyList<VerdictChange> Verdicts { get; init; }

    public required IReadOnlyList<ItemChange> Items { get; init; }

    public required IReadOnlyList<OrderChange> Order { get; init; }

    public required IReadOnlyList<TimingChange> Timing { get; init; }
}
