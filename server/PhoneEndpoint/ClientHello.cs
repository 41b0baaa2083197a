using System.Buffers;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>The first bytes a TLS client sends.</summary>
internal static class ClientHello
{
    /// <summary>The version a client offers at most, such as 0x0301 for TLS 1.0; null when these bytes are no ClientHello.</summary>
    /// <remarks>TLS 1.3 clients say 0x0303 here as well and offer the rest in an extension.</remarks>
    public static int? Version(ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length < 11)
            return null;
        Span<byte> head = stackalloc byte[11];
        bytes.Slice(0, 11).CopyTo(head);
        const byte handshake = 22, clientHello = 1;
        return head[0] == handshake && head[5] == clientHello ? (head[9] << 8) | head[10] : null;
    }

    /// <summary>
    /// False while more of the hello has to come before a server can answer it, however many records it is cut into;
    /// true also for what is no hello, or larger than one may be, as nothing of use comes after that.
    /// </summary>
    public static bool IsWhole(ReadOnlySequence<byte> bytes)
    {
        const int recordHead = 5, messageHead = 4, mostRecord = 16 * 1024, mostMessage = 64 * 1024;
        Span<byte> head = stackalloc byte[recordHead];
        Span<byte> message = stackalloc byte[messageHead];
        var came = 0;
        while (bytes.Length >= recordHead)
        {
            bytes.Slice(0, recordHead).CopyTo(head);
            var length = (head[3] << 8) | head[4];
            if (head[0] != 22 || length is 0 or > mostRecord)
                return true;
            var content = bytes.Slice(recordHead, Math.Min(length, bytes.Length - recordHead));
            if (came < messageHead)
            {
                var missing = content.Slice(0, Math.Min(messageHead - came, content.Length));
                missing.CopyTo(message[came..]);
            }

            came += (int)content.Length;
            var size = messageHead + ((message[1] << 16) | (message[2] << 8) | message[3]);
            if (came >= messageHead && (message[0] != 1 || size > mostMessage || came >= size))
                return true;
            if (content.Length < length)
                return false;
            bytes = bytes.Slice(recordHead + length);
        }

        // One other byte at the front, and this will never be a record of a handshake.
        return bytes.Length > 0 && bytes.FirstSpan[0] != 22;
    }

    public static string Name(int version) => version switch
    {
        0x0300 => "SSL 3.0",
        0x0301 => "TLS 1.0",
        0x0302 => "TLS 1.1",
        _ => "TLS 1.2 or later",
    };
}
