namespace OpenStage.Simulator.Models;

/// <summary>Items that a model does not implement; it answers them with "not supported" (WPI guide p.26).</summary>
public sealed record UnsupportedItems
{
    /// <summary>Whole groups of the item catalogue.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyList<string> Items { get; init; } = [];
}
