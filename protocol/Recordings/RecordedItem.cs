namespace OpenStage.Protocol.Recordings;

/// <summary>An item as the phone delivered it first, in the order of its whole set.</summary>
public sealed record RecordedItem
{
    public string Name { get; init; } = "";

    public int? Index { get; init; }

    public string Value { get; init; } = "";
}
