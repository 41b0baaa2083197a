using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace OpenStage.Protocol.SecureMode;

/// <summary>
/// What a phone needs for Secure Mode: its certificate with key, the authorities of the service, the secure port
/// (WPI guide p.62). With a PIN all of it travels in the item secure-mode-data, packed and encrypted (p.65).
/// </summary>
/// <remarks>
/// The guide documents neither packing nor cipher. INFERRED, and the same at both ends here: JSON, encrypted with
/// AES-256-GCM under a key that PBKDF2 with SHA-256 makes of the password; the bytes are salt (16), nonce (12), tag (16),
/// cipher text. The password is the PIN without its last three characters (p.65), those are the TAN.
/// </remarks>
public sealed record SecureModeData
{
    /// <summary>Characters at the end of a PIN that prove to the service who entered it (p.65, p.68).</summary>
    public const int TanLength = 3;

    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Iterations = 100_000;

    /// <summary>PKCS#12 with private key, base64, without password.</summary>
    public required string ClientCertificate { get; init; }

    /// <summary>Certificates of the service's authorities, PEM or base64 DER.</summary>
    public required IReadOnlyList<string> Authorities { get; init; }

    /// <summary>Port of the service in Secure Mode; 18444 by default.</summary>
    public required int Port { get; init; }

    /// <summary>Splits a PIN into password and TAN; false when it is too short for both.</summary>
    public static bool TrySplit(string pin, out string password, out string tan)
    {
        ArgumentNullException.ThrowIfNull(pin);
        (password, tan) = pin.Length > TanLength ? (pin[..^TanLength], pin[^TanLength..]) : ("", "");
        return tan.Length > 0;
    }

    /// <summary>Reads a certificate as PEM or base64 DER.</summary>
    /// <exception cref="CryptographicException">The text is no certificate.</exception>
    public static X509Certificate2 Certificate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return text.Contains("-----BEGIN", StringComparison.Ordinal)
                ? X509Certificate2.CreateFromPem(text)
                : X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
        }
        catch (FormatException wrong)
        {
            throw new CryptographicException("The certificate is neither PEM nor base64.", wrong);
        }
    }

    /// <summary>Checks that everything can be used.</summary>
    /// <exception cref="CryptographicException">A certificate cannot be read, or the phone's has no key.</exception>
    public void Check()
    {
        try
        {
            using var client = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(ClientCertificate), "");
            if (!client.HasPrivateKey)
                throw new CryptographicException("The certificate of the phone has no private key.");
        }
        catch (FormatException wrong)
        {
            throw new CryptographicException("The certificate of the phone is not base64.", wrong);
        }

        if (Authorities.Count == 0)
            throw new CryptographicException("There is no certificate of an authority.");
        foreach (var authority in Authorities)
            Certificate(authority).Dispose();
        if (Port is < 1 or > 65535)
            throw new CryptographicException($"The secure port is {Port}; allowed is 1 to 65535.");
    }

    /// <summary>Packs for secure-mode-data, base64.</summary>
    /// <param name="random">28 random bytes, never used twice.</param>
    public string Pack(string password, ReadOnlySpan<byte> random)
    {
        if (random.Length != SaltBytes + NonceBytes)
            throw new ArgumentException($"random has {random.Length} bytes; allowed are {SaltBytes + NonceBytes}.", nameof(random));
        var plain = JsonSerializer.SerializeToUtf8Bytes(this);
        var packed = new byte[SaltBytes + NonceBytes + TagBytes + plain.Length];
        random.CopyTo(packed);
        using var cipher = Cipher(password, random[..SaltBytes]);
        cipher.Encrypt(random[SaltBytes..], plain, packed.AsSpan(SaltBytes + NonceBytes + TagBytes), packed.AsSpan(SaltBytes + NonceBytes, TagBytes));
        return Convert.ToBase64String(packed);
    }

    /// <summary>Unpacks secure-mode-data; false for a wrong password or broken data.</summary>
    public static bool TryUnpack(string packed, string password, [NotNullWhen(true)] out SecureModeData? data)
    {
        ArgumentNullException.ThrowIfNull(packed);
        data = null;
        var buffer = new byte[packed.Length];
        if (!Convert.TryFromBase64String(packed, buffer, out var length) || length <= SaltBytes + NonceBytes + TagBytes)
            return false;
        var bytes = buffer.AsSpan(0, length);
        var plain = new byte[length - SaltBytes - NonceBytes - TagBytes];
        try
        {
            using var cipher = Cipher(password, bytes[..SaltBytes]);
            cipher.Decrypt(bytes.Slice(SaltBytes, NonceBytes), bytes[(SaltBytes + NonceBytes + TagBytes)..], bytes.Slice(SaltBytes + NonceBytes, TagBytes), plain);
            data = JsonSerializer.Deserialize<SecureModeData>(plain);
            return data is not null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or JsonException)
        {
            return false;
        }
    }

    private static AesGcm Cipher(string password, ReadOnlySpan<byte> salt) =>
        new(Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, 32), TagBytes);
}
