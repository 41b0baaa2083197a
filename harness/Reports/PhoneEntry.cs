namespace OpenStage.Harness.Reports;

/// <summary>A phone of a report.</summary>
public sealed record PhoneEntry
{
    public required string Id { get; init; }

    public required string Mac { get; init; }

    public required string Model { get; init; }

    public required string Firmware { get; init; }

    /// <summary>Where it takes contact-me requests.</summary>
    public required string Address { get; init; }

    /// <summary>emulated or physical.</summary>
    public required string Kind { get; init; }

    public IReadOnlyList<string> Quirks { get; init; } = [];
}
