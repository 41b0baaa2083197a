namespace OpenStage.Server.SecureMode;

/// <summary>A certificate authority of the server's own, as it is stored.</summary>
internal sealed record AuthorityRecord
{
    public required long Id { get; init; }

    /// <summary>SHA-256 of the certificate, hex.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>The certificate, DER.</summary>
    public required byte[] Certificate { get; init; }

    /// <summary>Its private key, PKCS#8.</summary>
    public required byte[] Key { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>When it was given up; null while it is trusted.</summary>
    public DateTimeOffset? Retired { get; init; }
}
