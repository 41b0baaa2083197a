namespace OpenStage.Harness.ServiceSuite;

/// <summary>What a service under test can be told to do; a case that needs more does not apply.</summary>
[Flags]
public enum ServiceCapability
{
    None = 0,

    /// <summary>A job that reads all items (WPI guide p.30).</summary>
    ReadAllItems = 1,

    /// <summary>A job that reads named items (p.42).</summary>
    ReadItems = 2,

    /// <summary>A job that writes items (p.46).</summary>
    WriteItems = 4,

    /// <summary>A job that restarts the phone (p.50).</summary>
    Restart = 8,

    /// <summary>A job that sets the phone back to factory defaults (p.51).</summary>
    FactoryReset = 16,

    /// <summary>A job that deploys files by HTTPS address (p.53).</summary>
    FileDeployment = 32,

    /// <summary>A job that deploys firmware (p.56).</summary>
    SoftwareDeployment = 64,

    /// <summary>A job that only has the phone call.</summary>
    Contact = 128,

    /// <summary>A phone can be brought to Secure Mode and let go again (p.62); the service has a secure address.</summary>
    SecureMode = 256,

    /// <summary>The data of Secure Mode with a PIN is packed as this project's service packs it: the guide does not say how (p.65).</summary>
    SecureModePin = 512,

    /// <summary>A phone can be told to poll, and no more; the service has an address for it (p.24).</summary>
    Polling = 1024,

    /// <summary>There are two MAC addresses or more.</summary>
    TwoPhones = 2048,
}
