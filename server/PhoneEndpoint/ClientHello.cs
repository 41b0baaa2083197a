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

    public static string Name(int version) => version switch
    {
        0x0300 => "SSL 3.0",
        0x0301 => "TLS 1.0",
        0x0302 => "TLS 1.1",
        _ => "TLS 1.2 or later",
    };
}
