using System.Buffers.Binary;
using System.Text;

namespace OpenStage.Harness.Tests.Captures;

/// <summary>Reads a capture without any code of the writer: blocks, packets, and the bytes of each direction.</summary>
internal sealed class CaptureReader
{
    public CaptureReader(byte[] file)
    {
        for (var place = 0; place < file.Length;)
        {
            var type = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(place));
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(place + 4));
            if (length % 4 != 0 || BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(place + length - 4)) != length)
                throw new InvalidDataException($"The block at {place} has no sound length.");
            var body = file[(place + 8)..(place + length - 4)];
            Types.Add(type);
            if (type == 0x0A0D0D0A)
                Section = Encoding.UTF8.GetString(body);
            else if (type == 10)
                KeyLog = Encoding.ASCII.GetString(body, 8, BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(4)));
            else if (type == 6)
                Add(body);
            place += length;
        }
    }

    public List<uint> Types { get; } = [];

    /// <summary>The section header with its options.</summary>
    public string Section { get; } = "";

    public string KeyLog { get; } = "";

    /// <summary>Of each packet in microseconds.</summary>
    public List<ulong> Times { get; } = [];

    public List<byte[]> Packets { get; } = [];

    /// <summary>What one side of a connection sent, by its address and port and those of the other side, in order and without holes.</summary>
    public Dictionary<string, MemoryStream> Streams { get; } = [];

    private Dictionary<string, uint> Next { get; } = [];

    private void Add(byte[] body)
    {
        Times.Add(((ulong)BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(4)) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(body.AsSpan(8)));
        var packet = body[20..(20 + BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(12)))];
        Packets.Add(packet);
        var isWide = packet[0] >> 4 == 6;
        var segment = packet.AsSpan(isWide ? 40 : 20);
        var (from, to) = isWide ? (packet[8..24], packet[24..40]) : (packet[12..16], packet[16..20]);
        var key = $"{Convert.ToHexString(from)}:{BinaryPrimitives.ReadUInt16BigEndian(segment)} {Convert.ToHexString(to)}:{BinaryPrimitives.ReadUInt16BigEndian(segment[2..])}";
        var number = BinaryPrimitives.ReadUInt32BigEndian(segment[4..]);
        var flags = segment[13];
        // A connection may be seen from its middle on only.
        if ((flags & 2) != 0 || !Next.ContainsKey(key))
            Next[key] = number;
        if (Next[key] != number)
            throw new InvalidDataException($"A segment of {key} has number {number}; {Next[key]} is next.");
        var data = segment[20..];
        Next[key] += (uint)data.Length + ((flags & 3) != 0 ? 1u : 0u);
        if (!Streams.TryGetValue(key, out var stream))
            Streams[key] = stream = new MemoryStream();
        stream.Write(data);
    }
}
