using OpenStage.Harness.ServiceSuite;

namespace OpenStage.Harness.Lab;

/// <summary>A provisioning service under test: one that the lab only knows the address of, or this project's own, which it starts.</summary>
public sealed record LabService
{
    /// <summary>Short name, unique in the lab among phones and services; letters, digits, '-', '_' and '.'.</summary>
    public required string Id { get; init; }

    /// <summary>True for this project's own service, which the lab starts: where it is shows then.</summary>
    public bool IsOwn { get; init; }

    /// <summary>What the report calls the service. Default "Provisioning service".</summary>
    public string Title { get; init; } = "Provisioning service";

    /// <summary>Its version, for the report.</summary>
    public string Software { get; init; } = "";

    /// <summary>Where phones post to (WPI guide p.14).</summary>
    public required Uri Url { get; init; }

    /// <summary>Where phones in Secure Mode post to (p.64), or null.</summary>
    public Uri? SecureUrl { get; init; }

    /// <summary>What phones poll, the part before <c>contact-me?device-id=</c> (p.15), or null.</summary>
    public Uri? PollUrl { get; init; }

    /// <summary>SHA-256 of the certificate that the service must show, 64 hex digits; null for any, as phones take any (p.12).</summary>
    public string? CertificateSha256 { get; init; }

    /// <summary>MAC addresses that the scripted phone may use, each unique in the lab; cases take them in turn.</summary>
    public required IReadOnlyList<string> Macs { get; init; }

    /// <summary>Address of this machine that the service can call for contact-me. Default 127.0.0.1.</summary>
    public string PhoneAddress { get; init; } = "127.0.0.1";

    /// <summary>What the hook can create, and what the service has.</summary>
    public ServiceCapability Capabilities { get; init; }

    public LabHook Hook { get; init; } = LabHook.None;
}
