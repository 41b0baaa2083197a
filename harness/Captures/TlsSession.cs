using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenStage.Harness.Captures;

/// <summary>
/// Both sides of a TLS 1.2 session (RFC 5246) with TLS_RSA_WITH_AES_128_GCM_SHA256, the plainest suite that Wireshark
/// opens with a master secret. It carries what was said in a session of another kind, whose keys nobody has.
/// </summary>
internal sealed class TlsSession
{
    private const byte ChangeCipherSpec = 20;
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte ApplicationData = 23;
    private const int MostBytesARecord = 16 * 1024;

    private static readonly byte[] Version = [3, 3];
    private static readonly byte[] Suite = [0x00, 0x9C];

    /// <summary>Application-layer protocol http/1.1 (RFC 7301): by it readers know what is inside, whatever the port.</summary>
    private static readonly byte[] Extensions = [0, 15, 0, 16, 0, 11, 0, 9, 8, .. "http/1.1"u8];

    private readonly byte[] clientRandom;
    private readonly byte[] serverRandom;
    private readonly byte[] premaster;
    private readonly byte[] padding;
    private readonly X509Certificate2 certificate;
    private readonly TlsKeys keys;
    private readonly List<byte> handshake = [];
    private ulong clientSequence;
    private ulong serverSequence;

    public TlsSession(SeededBytes random, X509Certificate2 certificate)
    {
        this.certificate = certificate;
        clientRandom = random.Next(32);
        serverRandom = random.Next(32);
        premaster = [.. Version, .. random.Next(46)];
        keys = new TlsKeys(premaster, clientRandom, serverRandom);
        using var key = certificate.GetRSAPublicKey()!;
        padding = random.NextNonZero((key.KeySize / 8) - 3 - premaster.Length);
    }

    /// <summary>The line of a key log by which the session can be read.</summary>
    public string KeyLog => $"CLIENT_RANDOM {Convert.ToHexStringLower(clientRandom)} {Convert.ToHexStringLower(keys.Master)}\n";

    /// <summary>The handshake in its four flights.</summary>
    public IReadOnlyList<(bool FromClient, byte[] Bytes)> Open()
    {
        var hello = Message(1, [.. Version, .. clientRandom, 0, 0, 2, .. Suite, 1, 0, .. Extensions]);
        var answer = Record(Handshake, [
            .. Message(2, [.. Version, .. serverRandom, 0, .. Suite, 0, .. Extensions]),
            .. Message(11, Long([.. Long(certificate.RawData)])),
            .. Message(14, [])]);
        var exchange = EncryptedPremaster();
        byte[] keyExchange = Message(16, [(byte)(exchange.Length >> 8), (byte)exchange.Length, .. exchange]);
        var clientFinished = Message(20, keys.Finished("client finished", [.. handshake]));
        var serverFinished = Message(20, keys.Finished("server finished", [.. handshake]));
        var cipherFollows = Record(ChangeCipherSpec, [1]);
        return
        [
            (true, Record(Handshake, hello)),
            (false, answer),
            (true, [.. Record(Handshake, keyExchange), .. cipherFollows, .. Sealed(true, Handshake, clientFinished)]),
            (false, [.. cipherFollows, .. Sealed(false, Handshake, serverFinished)]),
        ];
    }

    /// <summary>Application data in as many records as it takes.</summary>
    public byte[] Data(bool fromClient, byte[] bytes) =>
        [.. bytes.Chunk(MostBytesARecord).SelectMany(part => Sealed(fromClient, ApplicationData, part))];

    /// <summary>The alert that announces the end of one side (close_notify).</summary>
    public byte[] Close(bool fromClient) => Sealed(fromClient, Alert, [1, 0]);

    private byte[] Message(byte type, byte[] content)
    {
        byte[] message = [type, .. Long(content)];
        handshake.AddRange(message);
        return message;
    }

    /// <summary>With its length in three bytes before it.</summary>
    private static byte[] Long(byte[] content) => [(byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static byte[] Record(byte type, byte[] content) => [type, .. Version, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    /// <summary>PKCS #1 v1.5 with the padding of the seed: the library's own would be another in each file.</summary>
    private byte[] EncryptedPremaster()
    {
        using var key = certificate.GetRSAPublicKey()!;
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var block = new BigInteger([0, 2, .. padding, 0, .. premaster], isUnsigned: true, isBigEndian: true);
        var sealedBlock = BigInteger.ModPow(block, Number(parameters.Exponent!), Number(parameters.Modulus!)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[(key.KeySize / 8) - sealedBlock.Length], .. sealedBlock];
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private byte[] Sealed(bool fromClient, byte type, byte[] content)
    {
        var sequence = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(sequence, fromClient ? clientSequence++ : serverSequence++);
        var cipher = new byte[content.Length];
        var tag = new byte[16];
        using var gcm = new AesGcm(fromClient ? keys.ClientKey : keys.ServerKey, tag.Length);
        byte[] nonce = [.. fromClient ? keys.ClientSalt : keys.ServerSalt, .. sequence];
        byte[] also = [.. sequence, type, .. Version, (byte)(content.Length >> 8), (byte)content.Length];
        gcm.Encrypt(nonce, content, cipher, tag, also);
        return Record(type, [.. sequence, .. cipher, .. tag]);
    }
}
