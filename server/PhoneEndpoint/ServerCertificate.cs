using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Server.Storage;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>The server's self-made certificate; in default mode phones accept any (WPI guide p.12).</summary>
public static class ServerCertificate
{
    private const string FileName = "server.pfx";

    /// <summary>The certificate of a data folder, made when there is none yet.</summary>
    /// <exception cref="InvalidDataException">There is a file, but it holds no certificate with a key, or an expired one; it is left as it is.</exception>
    public static X509Certificate2 LoadOrCreate(string folder, IPAddress address, DateTimeOffset now)
    {
        DataFolder.Ensure(folder);
        var file = Path.Combine(folder, FileName);
        if (!Path.Exists(file))
        {
            using var made = Make(address, now);
            Keep(folder, made);
        }

        var certificate = Load(file);
        if (!certificate.HasPrivateKey)
        {
            certificate.Dispose();
            throw NoKey(file, null);
        }

        // Phones in default mode take it all the same (p.12), but whoever put it there should know.
        if (certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime)
        {
            var end = certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            certificate.Dispose();
            throw new InvalidDataException($"{file} holds a certificate that expired on {end}; replace it, or delete it to have a new one made.");
        }

        return certificate;
    }

    private static X509Certificate2 Load(string file)
    {
        byte[] content;
        try
        {
            DataFolder.OwnerOnly(file);
            content = File.ReadAllBytes(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file} cannot be read: {refused.Message}", refused);
        }

        try
        {
            return X509CertificateLoader.LoadPkcs12(content, null);
        }
        catch (CryptographicException broken)
        {
            throw NoKey(file, broken);
        }
    }

    private static InvalidDataException NoKey(string file, Exception? why) =>
        new($"{file} holds no certificate with a key that opens without a password; replace it, or delete it to have a new one made.", why);

    /// <summary>A new self-made certificate with its key.</summary>
    /// <param name="address">The address that it is for.</param>
    /// <param name="now">Valid from the day before for ten years.</param>
    public static X509Certificate2 Make(IPAddress address, DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=OpenStage provisioning", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        // TLS on Windows cannot use a key that lives in memory alone.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    /// <summary>Has the server of a data folder show this certificate.</summary>
    /// <exception cref="InvalidDataException">The folder cannot be written to.</exception>
    public static void Keep(string folder, X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        DataFolder.Ensure(folder);
        try
        {
            Write(Path.Combine(folder, FileName), certificate);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Refused(folder, refused);
        }
    }

    private static void Write(string file, X509Certificate2 certificate)
    {
        // Written beside and moved, so that a killed server leaves no half certificate.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var unfinished = file + ".new";
        File.Delete(unfinished);
        using (var stream = new FileStream(unfinished, options))
            stream.Write(certificate.Export(X509ContentType.Pfx));
        File.Move(unfinished, file, overwrite: true);
    }
}
