namespace OpenStage.Harness.Comparison;

/// <summary>A case in which other messages came, or in another order.</summary>
public sealed record OrderChange
{
    public required string CaseId { get; init; }

    /// <summary>The first exchange that differs, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>All exchanges of the first run: what was asked and what was answered.</summary>
    public required IReadOnlyList<string> Before { get; init; }

    /// <summary>All exchanges of the second run.</summary>
    public required IReadOnlyList<string> After { get; init; }
}
