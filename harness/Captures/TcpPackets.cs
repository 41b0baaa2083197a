using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OpenStage.Harness.Captures;

/// <summary>The packets of one TCP connection, with addresses, numbers and checksums as they have to be.</summary>
/// <param name="emit">Takes a packet, from the IP header on, and a comment or "".</param>
internal sealed class TcpPackets(IPEndPoint client, IPEndPoint server, SeededBytes random, Action<byte[], string> emit)
{
    private const int MostBytesASegment = 1400;
    private const byte Tcp = 6;
    private const byte Fin = 1;
    private const byte Syn = 2;
    private const byte Reset = 4;
    private const byte Push = 8;
    private const byte Ack = 16;

    private uint clientNext = BinaryPrimitives.ReadUInt32BigEndian(random.Next(4));
    private uint serverNext = BinaryPrimitives.ReadUInt32BigEndian(random.Next(4));
    private ushort identification;

    public void Open(string comment)
    {
        Emit(true, Syn, [], comment);
        Emit(false, Syn | Ack, []);
        Emit(true, Ack, []);
    }

    /// <summary>Sends bytes in as many segments as it takes; the other side acknowledges the last.</summary>
    public void Send(bool fromClient, ReadOnlySpan<byte> bytes, string comment = "")
    {
        while (bytes.Length > 0)
        {
            var part = bytes[..Math.Min(bytes.Length, MostBytesASegment)];
            bytes = bytes[part.Length..];
            Emit(fromClient, (byte)(Ack | (bytes.Length == 0 ? Push : 0)), part, comment);
            comment = "";
            Emit(!fromClient, Ack, []);
        }
    }

    public void Close(bool byClient)
    {
        Emit(byClient, Fin | Ack, []);
        Emit(!byClient, Fin | Ack, []);
        Emit(byClient, Ack, []);
    }

    /// <summary>The end of a connection on which no answer came.</summary>
    public void Abort(string comment) => Emit(false, Reset | Ack, [], comment);

    private void Emit(bool fromClient, byte flags, ReadOnlySpan<byte> data, string comment = "")
    {
        var (from, to) = fromClient ? (client, server) : (server, client);
        var segment = Segment(from, to, fromClient ? clientNext : serverNext, fromClient ? serverNext : clientNext, flags, data);
        emit([.. Header(from.Address, to.Address, segment.Length), .. segment], comment);
        var used = (uint)data.Length + ((flags & (Syn | Fin)) != 0 ? 1u : 0u);
        if (fromClient)
            clientNext += used;
        else
            serverNext += used;
    }

    private static byte[] Segment(IPEndPoint from, IPEndPoint to, uint number, uint acknowledged, byte flags, ReadOnlySpan<byte> data)
    {
        var segment = new byte[20 + data.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), number);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), (flags & Ack) != 0 ? acknowledged : 0);
        segment[12] = 5 << 4;
        segment[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), ushort.MaxValue);
        data.CopyTo(segment.AsSpan(20));
        byte[] length = [(byte)(segment.Length >> 24), (byte)(segment.Length >> 16), (byte)(segment.Length >> 8), (byte)segment.Length];
        var sum = Checksum([.. from.Address.GetAddressBytes(), .. to.Address.GetAddressBytes(), .. length, 0, 0, 0, Tcp, .. segment]);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), sum);
        return segment;
    }

    private byte[] Header(IPAddress from, IPAddress to, int length)
    {
        if (from.AddressFamily == AddressFamily.InterNetworkV6)
            return [0x60, 0, 0, 0, (byte)(length >> 8), (byte)length, Tcp, 64, .. from.GetAddressBytes(), .. to.GetAddressBytes()];

        var header = new byte[20];
        header[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(length + header.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), ++identification);
        header[6] = 0x40;
        header[8] = 64;
        header[9] = Tcp;
        from.GetAddressBytes().CopyTo(header.AsSpan(12));
        to.GetAddressBytes().CopyTo(header.AsSpan(16));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum(header));
        return header;
    }

    /// <summary>The Internet checksum (RFC 1071).</summary>
    internal static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var place = 0; place < bytes.Length; place += 2)
            sum += (uint)((bytes[place] << 8) | (place + 1 < bytes.Length ? bytes[place + 1] : 0));
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
