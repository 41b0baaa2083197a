namespace OpenStage.Server.SecureMode;

/// <summary>A certificate that was issued for a phone, without its key, which the server does not keep.</summary>
/// <param name="Mac">MAC address of the phone, which is the certificate's common name.</param>
/// <param name="Serial">Serial number, 32 hex digits.</param>
/// <param name="Thumbprint">SHA-256 of the certificate, hex.</param>
/// <param name="Authority">Number of the authority that signed it.</param>
/// <param name="NotAfter">End of its validity.</param>
/// <param name="Revoked">When it was revoked; null when it was not.</param>
public sealed record ClientCertificateView(
    string Mac, string Serial, string Thumbprint, long Authority, ClientCertificateState State,
    DateTimeOffset Issued, DateTimeOffset NotAfter, DateTimeOffset? Revoked)
{
    /// <param name="used">Thumbprint of the certificate that the phone is in Secure Mode with, or null.</param>
    internal static ClientCertificateView Of(ClientCertificate certificate, string? used, DateTimeOffset now) => new(
        certificate.Mac, certificate.Serial, certificate.Thumbprint, certificate.Authority,
        certificate.Revoked is not null ? ClientCertificateState.Revoked
            : certificate.NotAfter <= now ? ClientCertificateState.Expired
            : certificate.Thumbprint == used ? ClientCertificateState.InUse : ClientCertificateState.Issued,
        certificate.Issued, certificate.NotAfter, certificate.Revoked);
}
