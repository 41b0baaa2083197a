using System.Text.Json.Serialization;

namespace OpenStage.Protocol.Recordings;

/// <summary>An item as the phone delivered it first, in the order of its whole set.</summary>
public sealed record RecordedItem
{
    [JsonRequired] public string Name { get; init; } = "";

    public int? Index { get; init; }

    [JsonRequired] public string Value { get; init; } = "";
}
