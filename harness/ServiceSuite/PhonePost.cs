using System.Security.Cryptography.X509Certificates;

namespace OpenStage.Harness.ServiceSuite;

/// <summary>How the scripted phone sends a body; what is null is as phones have it.</summary>
public sealed record PhonePost
{
    public static PhonePost Usual { get; } = new();

    /// <summary>Path instead of the service's own.</summary>
    public string? Path { get; init; }

    /// <summary>Content type; text/xml in UTF-8 by default.</summary>
    public string ContentType { get; init; } = "text/xml; charset=UTF-8";

    /// <summary>Cookie header instead of the session's; empty for an empty header.</summary>
    public string? Cookie { get; init; }

    /// <summary>True to send no Cookie header at all.</summary>
    public bool NoCookie { get; init; }

    /// <summary>True to ask for the connection to be closed after the answer.</summary>
    public bool Close { get; init; }

    /// <summary>True for the service's secure address.</summary>
    public bool Secure { get; init; }

    /// <summary>Client certificate for the secure address, or null.</summary>
    public X509Certificate2? Certificate { get; init; }
}
