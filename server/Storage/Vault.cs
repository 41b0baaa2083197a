using System.Security.Cryptography;
using System.Text;

namespace OpenStage.Server.Storage;

/// <summary>
/// Seals what goes into the store: records hold passwords and private keys, so none is readable without the key, which
/// is kept in a file apart from the database. AES-256-GCM; the bytes are nonce (12), tag (16), cipher text.
/// </summary>
public sealed class Vault : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] key;
    private bool disposed;

    internal Vault(byte[] key) => this.key = key;

    /// <summary>Names the key without telling anything of it: 16 hex digits.</summary>
    internal string KeyId => Convert.ToHexString(Derive("key-id"))[..16];

    /// <summary>Seals bytes.</summary>
    /// <param name="purpose">Bound to the seal: what was sealed for one table opens for no other.</param>
    internal byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var cipher = Cipher();
        cipher.Encrypt(bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(purpose));
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes were sealed with another key, for another purpose, or were changed.</exception>
    internal byte[] Open(ReadOnlySpan<byte> bytes, string purpose)
    {
        if (bytes.Length < NonceBytes + TagBytes)
            throw new InvalidDataException($"A record of {purpose} is cut short.");
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = Cipher();
        try
        {
            cipher.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes.Slice(NonceBytes, TagBytes), plain,
                Encoding.UTF8.GetBytes(purpose));
            return plain;
        }
        catch (CryptographicException broken)
        {
            throw new InvalidDataException($"A record of {purpose} does not open with the server's key.", broken);
        }
    }

    /// <summary>A key of its own for another use, such as the tokens of the file area.</summary>
    internal byte[] Derive(string use)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: Encoding.UTF8.GetBytes(use));
    }

    public void Dispose()
    {
        disposed = true;
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>One for each call: the nodes' threads seal at the same time, which one cipher cannot.</summary>
    private AesGcm Cipher()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return new AesGcm(key, TagBytes);
    }
}
