namespace OpenStage.Server.Files;

/// <summary>Values of the item <c>file-type</c> (WPI guide p.57, p.245).</summary>
public static class FileTypes
{
    /// <summary>Firmware, which goes by SoftwareDeployment (p.57).</summary>
    public const string Firmware = "APP";

    /// <summary>All types in one text.</summary>
    internal const string Words = $"RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, {Firmware}, DONGLE";

    /// <summary>What <c>file-sw-type</c> says when nothing else is asked for (p.57).</summary>
    public const string UsualSoftware = "Siemens SIP";

    /// <summary>All types; DONGLE is known from the field only.</summary>
    public static IReadOnlyList<string> All { get; } = Words.Split(", ");

    /// <summary>Types that FileDeployment takes.</summary>
    public static IReadOnlyList<string> Plain { get; } = [.. All.Where(type => type != Firmware)];
}
