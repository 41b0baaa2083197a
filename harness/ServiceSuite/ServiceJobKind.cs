namespace OpenStage.Harness.ServiceSuite;

/// <summary>What a service under test can be told to do with a phone; the names are those that hooks are given.</summary>
public enum ServiceJobKind
{
    ReadAllItems,
    ReadItems,
    WriteItems,

    /// <summary>Restart, or factory reset when its two items are given (WPI guide p.50-51).</summary>
    Restart,

    FileDeployment,
    SoftwareDeployment,

    /// <summary>Have the phone call, without any action.</summary>
    Contact,

    /// <summary>Bring the phone to Secure Mode; with a PIN when the job has one (p.62).</summary>
    SecureMode,

    /// <summary>Let the phone go back to Default Mode.</summary>
    DefaultMode,

    /// <summary>Tell the phone to poll (p.24).</summary>
    Polling,

    /// <summary>Tell the phone to poll no more.</summary>
    NoPolling,
}
