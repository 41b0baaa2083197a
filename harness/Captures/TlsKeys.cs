using System.Security.Cryptography;
using System.Text;

namespace OpenStage.Harness.Captures;

/// <summary>The keys of a TLS 1.2 session with AES-128-GCM and SHA-256 (RFC 5246, RFC 5288).</summary>
internal sealed class TlsKeys
{
    private const int KeyLength = 16;
    private const int SaltLength = 4;

    public TlsKeys(byte[] premaster, byte[] clientRandom, byte[] serverRandom)
    {
        Master = Expand(premaster, "master secret", [.. clientRandom, .. serverRandom], 48);
        var block = Expand(Master, "key expansion", [.. serverRandom, .. clientRandom], (2 * KeyLength) + (2 * SaltLength));
        ClientKey = block[..KeyLength];
        ServerKey = block[KeyLength..(2 * KeyLength)];
        ClientSalt = block[(2 * KeyLength)..((2 * KeyLength) + SaltLength)];
        ServerSalt = block[((2 * KeyLength) + SaltLength)..];
    }

    public byte[] Master { get; }

    public byte[] ClientKey { get; }

    public byte[] ServerKey { get; }

    /// <summary>The part of the nonce that is not sent.</summary>
    public byte[] ClientSalt { get; }

    public byte[] ServerSalt { get; }

    /// <summary>What a Finished message proves the handshake with.</summary>
    public byte[] Finished(string label, byte[] handshake) => Expand(Master, label, SHA256.HashData(handshake), 12);

    /// <summary>The pseudorandom function of TLS 1.2 (RFC 5246, section 5).</summary>
    private static byte[] Expand(byte[] secret, string label, byte[] seed, int length)
    {
        byte[] start = [.. Encoding.ASCII.GetBytes(label), .. seed];
        var output = new MemoryStream();
        var a = start;
        while (output.Length < length)
        {
            a = HMACSHA256.HashData(secret, a);
            byte[] block = [.. a, .. start];
            output.Write(HMACSHA256.HashData(secret, block));
        }

        return output.ToArray()[..length];
    }
}
