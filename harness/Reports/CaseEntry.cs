using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Reports;

/// <summary>A case of a report.</summary>
public sealed record CaseEntry
{
    public required string Id { get; init; }

    /// <summary>Section of the guide.</summary>
    public required string Section { get; init; }

    /// <summary>Page of the guide.</summary>
    public required int Page { get; init; }

    public required string Title { get; init; }

    public required Level Level { get; init; }

    /// <summary>What the guide asks for.</summary>
    public required string Requirement { get; init; }

    public Maturity Maturity { get; init; } = Maturity.EmulatorProven;

    /// <summary>Ids of the rules that it checks.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];
}
