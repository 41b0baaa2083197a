namespace OpenStage.Server.Files;

/// <summary>What shall be said of a file from now on; what is left out is gone.</summary>
public sealed record FileChange
{
    /// <summary>Name on the phone, 1 to 255 characters, no path.</summary>
    public string? Name { get; init; }

    /// <summary>RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, DONGLE, or APP for firmware.</summary>
    public string? Type { get; init; }

    /// <summary>Of firmware: the version that phones report when they run it, such as V3 R5.12.0.</summary>
    public string? Version { get; init; }

    /// <summary>Of firmware: device types that it is for, such as OpenStage 40; at most 50.</summary>
    public IReadOnlyList<string>? DeviceTypes { get; init; }

    /// <summary>Of firmware: default Siemens SIP.</summary>
    public string? SoftwareType { get; init; }
}
