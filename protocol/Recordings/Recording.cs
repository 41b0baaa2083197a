namespace OpenStage.Protocol.Recordings;

/// <summary>What one phone and its service said to each other, with the secrets masked.</summary>
public sealed record Recording
{
    /// <summary>The only version there is.</summary>
    public const int CurrentVersion = 1;

    public int SchemaVersion { get; init; } = CurrentVersion;

    public RecordedDevice Device { get; init; } = new();

    /// <summary>In the order in which the requests came.</summary>
    public IReadOnlyList<RecordedExchange> Exchanges { get; init; } = [];

    /// <summary>The first whole set of items, in the order of the phone; empty when it was never read.</summary>
    public IReadOnlyList<RecordedItem> Items { get; init; } = [];
}
