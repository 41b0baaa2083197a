namespace OpenStage.Server.SecureMode;

/// <summary>A certificate that was issued for a phone; its private key went to the phone and is not kept here.</summary>
internal sealed record ClientCertificate
{
    /// <summary>SHA-256 of the certificate, hex.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>The phone's MAC address in normal form, which is the common name of the certificate.</summary>
    public required string Mac { get; init; }

    /// <summary>Serial number, 32 hex digits.</summary>
    public required string Serial { get; init; }

    /// <summary>Number of the authority that signed it.</summary>
    public required long Authority { get; init; }

    public required DateTimeOffset Issued { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }
}
