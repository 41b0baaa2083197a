using OpenStage.Server.Description;

namespace OpenStage.Server.Files;

/// <summary>What shall be said of a file from now on; what is left out is gone.</summary>
public sealed record FileChange
{
    /// <summary>Name on the phone, 1 to 255 characters, no path.</summary>
    [Allowed(IsNeeded = true, Shortest = 1, Longest = 255)]
    public string? Name { get; init; }

    /// <summary>RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, DONGLE, or APP for firmware.</summary>
    [Allowed(IsNeeded = true, Words = FileTypes.Words)]
    public string? Type { get; init; }

    /// <summary>Of firmware: the version that phones report when they run it, such as V3 R5.12.0.</summary>
    [Allowed(Longest = 64)]
    public string? Version { get; init; }

    /// <summary>Of firmware: device types that it is for, such as OpenStage 40; at most 50.</summary>
    [Allowed(Longest = 50)]
    public IReadOnlyList<string>? DeviceTypes { get; init; }

    /// <summary>Of firmware: default Siemens SIP.</summary>
    [Allowed(Longest = 64)]
    public string? SoftwareType { get; init; }
}
