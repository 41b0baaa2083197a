namespace OpenStage.Harness.Phones;

/// <summary>What a phone, or the lab with it, can do; a case that needs more does not apply.</summary>
[Flags]
public enum Capability
{
    None = 0,

    /// <summary>The lab can put the phone into a call and end it.</summary>
    Call = 1,

    /// <summary>The lab can change a setting at the phone itself.</summary>
    LocalChange = 2,

    /// <summary>The phone may be restarted.</summary>
    Restart = 4,

    /// <summary>The phone may be set back to factory defaults.</summary>
    FactoryReset = 8,

    /// <summary>Firmware V3R3 or later: calls back after send-solicited (WPI guide p.31, p.46).</summary>
    SendSolicited = 16,

    /// <summary>Firmware V2R2 or later: changed items travel with local-changes (p.37, p.40).</summary>
    AttachedChanges = 32,

    /// <summary>The phone's whole set of items takes more than one message.</summary>
    Fragments = 64,

    /// <summary>Firmware V3 or later: takes chunked answers (p.12).</summary>
    Chunked = 128,

    /// <summary>The phone may be given other firmware, and the lab has it.</summary>
    Firmware = 256,

    /// <summary>
    /// The lab can enter a PIN at the phone and pack its secure-mode-data, whose form the guide does not describe (p.65).
    /// </summary>
    Pin = 512,
}
