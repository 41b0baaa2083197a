using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenStage.Server.Admin;

/// <summary>The certificate of the administration, from a file that the administrator puts there.</summary>
internal static class AdminCertificate
{
    /// <param name="file">A PFX (PKCS#12) file without a password.</param>
    /// <exception cref="InvalidDataException">The file cannot be read, or holds no certificate with a key that is valid now.</exception>
    public static X509Certificate2 Load(string file, DateTimeOffset now)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12(File.ReadAllBytes(file), null);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable(file, refused.Message, refused);
        }

        var why = !certificate.HasPrivateKey ? "its key is not in it"
            : certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime ? "it is no longer valid"
            : null;
        if (why is null)
            return certificate;
        certificate.Dispose();
        throw Unusable(file, why, null);
    }

    private static InvalidDataException Unusable(string file, string why, Exception? inner) =>
        new($"AdminCertificate '{file}': allowed is a PFX file that opens without a password and holds a valid certificate with its key ({why})", inner);
}
