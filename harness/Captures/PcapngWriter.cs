using System.Buffers.Binary;
using System.Text;

namespace OpenStage.Harness.Captures;

/// <summary>Writes a capture in the pcapng format (IETF draft-ietf-opsawg-pcapng): one section, one interface of raw IP packets.</summary>
internal sealed class PcapngWriter
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const uint DecryptionSecrets = 10;

    /// <summary>"TLSK": a key log as NSS and Wireshark have it.</summary>
    private const uint TlsKeyLog = 0x544C534B;

    private const ushort EndOfOptions = 0;
    private const ushort Comment = 1;
    private const ushort InterfaceName = 2;
    private const ushort UserApplication = 4;

    /// <summary>Packets begin with their IPv4 or IPv6 header.</summary>
    private const ushort RawIp = 101;

    private readonly List<byte> output = [];

    /// <param name="comment">Shown by Wireshark as the comment of the whole file.</param>
    public PcapngWriter(string application, string comment)
    {
        var body = new MemoryStream();
        body.Write(Word(0x1A2B3C4D));
        body.Write(Half(1));
        body.Write(Half(0));
        // The length of the section is not told; readers go on to the end of the file.
        body.Write([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        Option(body, Comment, comment);
        Option(body, UserApplication, application);
        Option(body, EndOfOptions, "");
        Block(SectionHeader, body);

        body = new MemoryStream();
        body.Write(Half(RawIp));
        body.Write(Half(0));
        body.Write(Word(0));
        Option(body, InterfaceName, "rebuilt");
        Option(body, EndOfOptions, "");
        Block(InterfaceDescription, body);
    }

    /// <summary>Embeds keys; they must stand before the packets that they open.</summary>
    public void AddTlsKeys(string keyLog)
    {
        var keys = Encoding.ASCII.GetBytes(keyLog);
        var body = new MemoryStream();
        body.Write(Word(TlsKeyLog));
        body.Write(Word((uint)keys.Length));
        Padded(body, keys);
        Block(DecryptionSecrets, body);
    }

    /// <param name="at">To the microsecond.</param>
    /// <param name="packet">From the IP header on.</param>
    public void AddPacket(DateTimeOffset at, ReadOnlySpan<byte> packet, string comment)
    {
        var microseconds = (ulong)(at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
        var body = new MemoryStream();
        body.Write(Word(0));
        body.Write(Word((uint)(microseconds >> 32)));
        body.Write(Word((uint)microseconds));
        body.Write(Word((uint)packet.Length));
        body.Write(Word((uint)packet.Length));
        Padded(body, packet);
        if (comment.Length > 0)
        {
            Option(body, Comment, comment);
            Option(body, EndOfOptions, "");
        }

        Block(EnhancedPacket, body);
    }

    public byte[] ToArray() => [.. output];

    private void Block(uint type, MemoryStream body)
    {
        var length = Word((uint)body.Length + 12);
        output.AddRange(Word(type));
        output.AddRange(length);
        output.AddRange(body.ToArray());
        output.AddRange(length);
    }

    private static void Option(MemoryStream body, ushort code, string text)
    {
        // The length has 16 bits.
        var value = Encoding.UTF8.GetBytes(text.Length > 4000 ? text[..4000] : text);
        body.Write(Half(code));
        body.Write(Half((ushort)value.Length));
        Padded(body, value);
    }

    private static void Padded(MemoryStream body, ReadOnlySpan<byte> value)
    {
        body.Write(value);
        body.Write(stackalloc byte[(4 - (value.Length % 4)) % 4]);
    }

    private static byte[] Word(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Half(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }
}
