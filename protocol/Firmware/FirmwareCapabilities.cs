namespace OpenStage.Protocol.Firmware;

/// <summary>What a firmware version does differently on the wire (protocol reference, firmware differences).</summary>
/// <param name="AttachesLocalChanges">V2R2 and later put the changed items into local-changes (WPI guide p.37, p.40); older wait for ReadAllItems.</param>
/// <param name="ReportsGigabitEnabled">V2R2 and later report gigabit-ethernet-enabled; older report gigabit-ethernet as failed (p.33, p.40).</param>
/// <param name="TakesChunked">V3 and later accept chunked answers (p.12).</param>
/// <param name="SendSolicited">V3R3 and later call back after a CleanUp with send-solicited (p.31, p.46).</param>
/// <param name="ReportsBacklight">V2R2 and later report backlight-type (p.40).</param>
/// <param name="DecodesEntities">V2 and later decode &amp;lt; &amp;gt; &amp;amp; (field says "older firmware" does not; which, INFERRED).</param>
/// <param name="Polls">V2 and later poll a contact-me proxy (wiki).</param>
/// <param name="IsDeskPhoneCp">CP phones count versions anew and have it all (field).</param>
/// <param name="ReportsFaults">V3R1 and later add the fault and security log items to start-up (field).</param>
public sealed record FirmwareCapabilities(
    bool AttachesLocalChanges, bool ReportsGigabitEnabled, bool TakesChunked, bool SendSolicited, bool ReportsFaults,
    bool ReportsBacklight, bool DecodesEntities, bool Polls, bool IsDeskPhoneCp)
{
    /// <param name="deviceType">The device-type item; CP phones count their versions from 1 again.</param>
    public static FirmwareCapabilities Of(FirmwareVersion version, string deviceType = "") =>
        deviceType.Contains(" CP", StringComparison.Ordinal) ? DeskPhoneCp : new(
        AttachesLocalChanges: version.IsAtLeast(2, 2),
        ReportsGigabitEnabled: version.IsAtLeast(2, 2),
        TakesChunked: version.IsAtLeast(3, 0),
        SendSolicited: version.IsAtLeast(3, 3),
        ReportsFaults: version.IsAtLeast(3, 1),
        ReportsBacklight: version.IsAtLeast(2, 2),
        DecodesEntities: version.IsAtLeast(2, 0),
        Polls: version.IsAtLeast(2, 0),
        IsDeskPhoneCp: false);

    private static FirmwareCapabilities DeskPhoneCp { get; } = new(true, true, true, true, true, true, true, true, IsDeskPhoneCp: true);
}
