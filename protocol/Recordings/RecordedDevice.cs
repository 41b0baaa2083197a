namespace OpenStage.Protocol.Recordings;

/// <summary>The phone of a recording.</summary>
public sealed record RecordedDevice
{
    public string Mac { get; init; } = "";

    /// <summary>The device-type item.</summary>
    public string Model { get; init; } = "";

    /// <summary>The software-version item.</summary>
    public string Firmware { get; init; } = "";
}
