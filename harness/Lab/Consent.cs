namespace OpenStage.Harness.Lab;

/// <summary>What the owner of a phone allows the lab to do with it.</summary>
[Flags]
public enum Consent
{
    /// <summary>Reading only.</summary>
    None = 0,

    /// <summary>Restart it (WPI guide p.50).</summary>
    Reboot = 1,

    /// <summary>Write items and deploy files (p.46, p.52).</summary>
    ChangeSettings = 2,

    /// <summary>Deploy firmware (p.56).</summary>
    Upgrade = 4,

    /// <summary>Set it back to factory defaults (p.51).</summary>
    FactoryReset = 8,

    All = Reboot | ChangeSettings | Upgrade | FactoryReset,
}
