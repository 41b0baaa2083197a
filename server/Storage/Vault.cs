using System.Collections.Concurrent;
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

    /// <summary>Bytes of the longest head that needs no memory of its own.</summary>
    private const int MostHead = 1024;

    private readonly byte[] key;
    private readonly Lazy<(byte[] Hash, byte[] Hide)> tagKeys;

    /// <summary>Those that nobody uses just now: one cipher cannot seal twice at a time, and making one takes longer than sealing.</summary>
    private readonly ConcurrentBag<AesGcm> ciphers = [];
    private readonly ConcurrentBag<(AesGcm Hash, AesGcm Hide)> taggers = [];
    private readonly byte[] random = new byte[4096];
    private int unusedRandom;
    private bool disposed;

    internal Vault(byte[] key)
    {
        this.key = key;
        tagKeys = new Lazy<(byte[], byte[])>(() => (Derive("tags"), Derive("tags-hidden")));
    }

    /// <summary>Names the key without telling anything of it: 16 hex digits.</summary>
    internal string KeyId => Convert.ToHexString(Derive("key-id"))[..16];

    /// <summary>Seals bytes.</summary>
    /// <param name="purpose">Bound to the seal: what was sealed for one table opens for no other.</param>
    internal byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        Random(bytes.AsSpan(0, NonceBytes));
        var cipher = Cipher();
        cipher.Encrypt(bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(purpose));
        ciphers.Add(cipher);
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes were sealed with another key, for another purpose, or were changed.</exception>
    internal byte[] Open(ReadOnlySpan<byte> bytes, string purpose)
    {
        if (bytes.Length < NonceBytes + TagBytes)
            throw new InvalidDataException($"A record of {purpose} is cut short.");
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        var cipher = Cipher();
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
        finally
        {
            ciphers.Add(cipher);
        }
    }

    /// <summary>A key of its own for another use, such as the tokens of the file area.</summary>
    internal byte[] Derive(string use)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: Encoding.UTF8.GetBytes(use));
    }

    /// <summary>16 bytes that are the same for the same content, and tell nobody without the key what it is.</summary>
    /// <param name="head">Begin of the content, short.</param>
    /// <param name="rest">What follows it, of any length.</param>
    /// <remarks>
    /// A GMAC of both, behind a second one with a key of its own: a phone tells 28 kB whenever it starts, which SHA-256 alone
    /// takes ten times as long for. The first has the same nonce each time, which is why none of it may be seen; the second
    /// has the first as its nonce and content, so that it is used twice for the same content only.
    /// </remarks>
    internal byte[] Tag(ReadOnlySpan<byte> head, ReadOnlySpan<byte> rest)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        Span<byte> hash = stackalloc byte[TagBytes];
        Span<byte> nonce = stackalloc byte[NonceBytes];
        nonce.Clear();
        Span<byte> unused = head.Length <= MostHead ? stackalloc byte[MostHead] : new byte[head.Length];
        if (!taggers.TryTake(out var tagger))
            tagger = (new AesGcm(tagKeys.Value.Hash, TagBytes), new AesGcm(tagKeys.Value.Hide, TagBytes));
        var tag = new byte[TagBytes];
        tagger.Hash.Encrypt(nonce, head, unused[..head.Length], hash, rest);
        tagger.Hide.Encrypt(hash[..NonceBytes], [], [], tag, hash[NonceBytes..]);
        taggers.Add(tagger);
        return tag;
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        while (ciphers.TryTake(out var cipher))
            cipher.Dispose();
        while (taggers.TryTake(out var tagger))
        {
            tagger.Hash.Dispose();
            tagger.Hide.Dispose();
        }

        if (tagKeys.IsValueCreated)
        {
            CryptographicOperations.ZeroMemory(tagKeys.Value.Hash);
            CryptographicOperations.ZeroMemory(tagKeys.Value.Hide);
        }

        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Random bytes, made many at a time: the generator takes its time for each call, however little is asked for.</summary>
    internal void Random(Span<byte> bytes)
    {
        lock (random)
        {
            if (unusedRandom < bytes.Length)
            {
                RandomNumberGenerator.Fill(random);
                unusedRandom = random.Length;
            }

            random.AsSpan(random.Length - unusedRandom, bytes.Length).CopyTo(bytes);
            unusedRandom -= bytes.Length;
        }
    }

    private AesGcm Cipher()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return ciphers.TryTake(out var cipher) ? cipher : new AesGcm(key, TagBytes);
    }
}
