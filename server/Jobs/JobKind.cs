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

    /// <summary>Only have the phone call and be registered; no action is sent (p.75 note 10).</summary>
    Contact,
}
