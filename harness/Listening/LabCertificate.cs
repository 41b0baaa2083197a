using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenStage.Harness.Listening;

/// <summary>A certificate with its key that a case gives to a phone.</summary>
/// <param name="Bundle">PKCS#12 without password, base64.</param>
/// <param name="Thumbprint">As <see cref="LabRequest.ClientThumbprint"/> has it.</param>
public sealed record LabCertificate(string Bundle, string Thumbprint)
{
    /// <summary>Makes one that is its own authority, valid from 2020 to 2040.</summary>
    /// <param name="name">Common name of its subject.</param>
    public static LabCertificate Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(70));
        return new LabCertificate(Convert.ToBase64String(made.Export(X509ContentType.Pkcs12, "")), made.Thumbprint);
    }
}
