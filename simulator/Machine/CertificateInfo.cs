using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenStage.Simulator.Machine;

/// <summary>
/// What a phone tells of a certificate that was written to it (WPI guide p.60). The guide does not show the text; INFERRED:
/// subject, issuer, serial number, validity and fingerprint.
/// </summary>
internal static class CertificateInfo
{
    /// <summary>True for a PKCS#12 with a private key, base64, without password: how it is protected is not documented.</summary>
    public static bool IsUsable(string value)
    {
        using var certificate = Load(value);
        return certificate is { HasPrivateKey: true };
    }

    /// <returns>The information, or an empty text when there is no certificate.</returns>
    public static string Of(string value)
    {
        using var certificate = Load(value);
        return certificate is null ? "" : string.Create(CultureInfo.InvariantCulture,
            $"Subject: {certificate.Subject}; Issuer: {certificate.Issuer}; Serial: {certificate.SerialNumber}; Valid: {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; SHA-256: {certificate.GetCertHashString(HashAlgorithmName.SHA256)}");
    }

    private static X509Certificate2? Load(string value)
    {
        var bytes = new byte[value.Length];
        if (value.Length == 0 || !Convert.TryFromBase64String(value, bytes, out var length))
            return null;
        try
        {
            return X509CertificateLoader.LoadPkcs12(bytes.AsSpan(0, length), "");
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
