namespace OpenStage.Server.Files;

/// <summary>What is said of a file when it is uploaded, and may be changed later.</summary>
public sealed record FileFacts
{
    /// <summary>Its name on the phone: 1 to 255 characters, no path.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="FileTypes.All"/>, in any case.</summary>
    public required string Type { get; init; }

    /// <summary>Of firmware: the version that phones report when they run it, such as V3 R5.12.0; empty when not known.</summary>
    public string Version { get; init; } = "";

    /// <summary>Of firmware: device types that it is for, such as OpenStage 40; none when not known.</summary>
    public IReadOnlyList<string> DeviceTypes { get; init; } = [];

    /// <summary>Of firmware: item <c>file-sw-type</c> (WPI guide p.57); empty means Siemens SIP.</summary>
    public string SoftwareType { get; init; } = "";
}
