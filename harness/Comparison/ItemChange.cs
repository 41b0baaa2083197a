namespace OpenStage.Harness.Comparison;

/// <summary>An item that a phone tells otherwise than before; secrets masked.</summary>
public sealed record ItemChange
{
    public required string Name { get; init; }

    public string? Index { get; init; }

    public required ItemChangeKind Kind { get; init; }

    /// <summary>Null when it was not there.</summary>
    public string? Before { get; init; }

    /// <summary>Null when it is not there.</summary>
    public string? After { get; init; }

    /// <summary>Form of the value before, such as number; null when it was not there.</summary>
    public string? BeforeType { get; init; }

    /// <summary>Form of the value now; null when it is not there.</summary>
    public string? AfterType { get; init; }
}
