namespace OpenStage.Server.Jobs;

/// <summary>What a job asks of a phone.</summary>
public enum JobKind
{
    /// <summary>Read everything but certificates (WPI guide p.30).</summary>
    ReadAllItems,

    /// <summary>Read named items (p.42).</summary>
    ReadItems,

    /// <summary>Write items (p.46).</summary>
    WriteItems,

    /// <summary>Restart, or factory reset when its two items are given (p.50-51).</summary>
    Restart,

    /// <summary>Deploy or delete files (p.52-55).</summary>
    FileDeployment,

    /// <summary>Deploy firmware, and see that the phone starts with it (p.56-57).</summary>
    SoftwareDeployment,

    /// <summary>Bring the phone from Default Mode to Secure Mode (p.62-68).</summary>
    SecureMode,

    /// <summary>Only have the phone call and be registered; no action is sent (p.75 note 10).</summary>
    Contact,
}
