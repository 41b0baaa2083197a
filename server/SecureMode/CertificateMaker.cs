using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenStage.Server.SecureMode;

/// <summary>Makes the certificates of Secure Mode (WPI guide p.62). Keys are RSA 2048, which old phones take as well.</summary>
internal static class CertificateMaker
{
    private const int KeyBits = 2048;
    private const int SerialBytes = 16;
    private const int AuthorityYears = 20;
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>A new authority, valid from the day before, because clocks of phones may be behind, for 20 years.</summary>
    /// <param name="name">Its common name.</param>
    public static AuthorityRecord Authority(long id, string name, DateTimeOffset now)
    {
        using var key = RSA.Create(KeyBits);
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(AuthorityYears));
        return new AuthorityRecord
        {
            Id = id,
            Thumbprint = Thumbprint(made),
            Certificate = made.RawData,
            Key = key.ExportPkcs8PrivateKey(),
            NotBefore = Time(made.NotBefore),
            NotAfter = Time(made.NotAfter),
        };
    }

    /// <summary>A certificate for a phone, whose common name is its MAC address.</summary>
    /// <param name="lifetime">How long it is valid, unless the authority ends before.</param>
    /// <returns>What is stored, and the certificate with its key, which is not: PKCS#12 without password.</returns>
    public static (ClientCertificate Certificate, byte[] Pkcs12) Client(AuthorityRecord authority, string mac, DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = RSA.Create(KeyBits);
        var request = Request(mac, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientUse)], false));
        using var signed = Sign(request, authority, now, lifetime);
        return (new ClientCertificate
        {
            Thumbprint = Thumbprint(signed),
            Mac = mac,
            Serial = signed.SerialNumber,
            Authority = authority.Id,
            Issued = now,
            NotAfter = Time(signed.NotAfter),
        }, Pkcs12(signed, key));
    }

    /// <summary>A certificate for the secure port.</summary>
    /// <param name="names">IP addresses and host names; the first is the common name as well.</param>
    public static PortCertificate Port(AuthorityRecord authority, IReadOnlyList<string> names, DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = RSA.Create(KeyBits);
        var request = Request(names[0], key);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUse)], false));
        using var signed = Sign(request, authority, now, lifetime);
        return new PortCertificate(string.Join(' ', names), authority.Id, Time(signed.NotAfter), Pkcs12(signed, key));
    }

    /// <summary>SHA-256 of a certificate, hex in upper case: the form in which thumbprints are kept.</summary>
    public static string Thumbprint(X509Certificate certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);

    private static CertificateRequest Request(string commonName, RSA key)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        var request = new CertificateRequest(name.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static X509Certificate2 Sign(CertificateRequest request, AuthorityRecord authority, DateTimeOffset now, TimeSpan lifetime)
    {
        using var bare = X509CertificateLoader.LoadCertificate(authority.Certificate);
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(authority.Key, out _);
        using var signer = bare.CopyWithPrivateKey(key);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(bare, true, false));
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        // Positive and of full length: the first bit is the sign.
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        var from = now.AddDays(-1);
        var until = now + lifetime;
        return request.Create(
            signer, from > authority.NotBefore ? from : authority.NotBefore, until < authority.NotAfter ? until : authority.NotAfter, serial);
    }

    private static byte[] Pkcs12(X509Certificate2 signed, RSA key)
    {
        using var whole = signed.CopyWithPrivateKey(key);
        // The old way of protecting it, as what it is protected with is no secret and phones are older than the new ways.
        return whole.ExportPkcs12(Pkcs12ExportPbeParameters.Pkcs12TripleDesSha1, "");
    }

    private static DateTimeOffset Time(DateTime local) => new(local.ToUniversalTime());
}
