using System.Text.Json.Serialization;

namespace OpenStage.Protocol.Recordings;

/// <summary>The phone of a recording.</summary>
public sealed record RecordedDevice
{
    [JsonRequired] public string Mac { get; init; } = "";

    /// <summary>The device-type item.</summary>
    [JsonRequired] public string Model { get; init; } = "";

    /// <summary>The software-version item.</summary>
    [JsonRequired] public string Firmware { get; init; } = "";
}
