using System.Globalization;
using System.Text;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;

namespace OpenStage.Harness.Recording;

/// <summary>
/// Reads HTTP/1.1 off a connection with the spelling and the order that the sender chose: web servers and clients hide
/// both, and they are what a recording is for.
/// </summary>
internal static class HttpSide
{
    private const int MaxHeadBytes = 16 * 1024;

    /// <summary>A request, or null when the connection was closed before one began.</summary>
    /// <exception cref="IOException">What came is no HTTP/1.1, or too large.</exception>
    public static async Task<RawMessage?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        if (await HeadAsync(stream, cancellation) is not { } head)
            return null;
        return head with { Body = Length(head.Headers) is { } length ? await BytesAsync(stream, length, cancellation) : IsChunked(head.Headers) ? await ChunksAsync(stream, cancellation) : [] };
    }

    /// <summary>An answer, or null when the connection was closed before one began; interim answers (1xx) are read over.</summary>
    /// <exception cref="IOException">What came is no HTTP/1.1, or too large.</exception>
    public static async Task<RawMessage?> ReadAnswerAsync(Stream stream, CancellationToken cancellation)
    {
        RawMessage? head;
        do
        {
            head = await HeadAsync(stream, cancellation);
            if (head is null)
                return null;
        }
        while (head.Word(1).StartsWith('1'));

        return head with
        {
            Body = head.Word(1) is "204" or "304" ? []
                : IsChunked(head.Headers) ? await ChunksAsync(stream, cancellation)
                : Length(head.Headers) is { } length ? await BytesAsync(stream, length, cancellation)
                : await RestAsync(stream, cancellation),
        };
    }

    /// <summary>True when the connection goes on after this message.</summary>
    public static bool Keeps(RawMessage message)
    {
        var connection = HttpExchange.Header(message.Headers, "Connection") ?? "";
        var is10 = message.FirstLine.StartsWith("HTTP/1.0", StringComparison.Ordinal) || message.FirstLine.EndsWith("HTTP/1.0", StringComparison.Ordinal);
        return is10 ? connection.Contains("keep-alive", StringComparison.OrdinalIgnoreCase) : !connection.Contains("close", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>True when the end of the body can be seen without the end of the connection.</summary>
    public static bool IsDelimited(RawMessage message) =>
        message.Word(1) is "204" or "304" || IsChunked(message.Headers) || Length(message.Headers) is not null;

    private static async Task<RawMessage?> HeadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new List<byte>(1024);
        var one = new byte[1];
        while (!Ends(head))
        {
            if (await stream.ReadAsync(one, cancellation) == 0)
                return head.Count == 0 ? null : throw new IOException("The connection was closed in the middle of a header.");
            head.Add(one[0]);
            if (head.Count > MaxHeadBytes)
                throw new IOException($"The headers have more than {MaxHeadBytes} bytes.");
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0 ? new RawMessage(lines[0], [.. lines.Skip(1).Select(Header)], []) : throw new IOException("The header has no first line.");
    }

    private static bool IsChunked(IReadOnlyList<HttpHeader> headers) =>
        HttpExchange.Header(headers, "Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;

    private static int? Length(IReadOnlyList<HttpHeader> headers)
    {
        if (HttpExchange.Header(headers, "Content-Length") is not { } announced)
            return null;
        return int.TryParse(announced, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= MessageLimits.HardMaxBytes
            ? length
            : throw new IOException($"Content-Length is '{announced}'; allowed is 0 to {MessageLimits.HardMaxBytes}.");
    }

    private static async Task<byte[]> BytesAsync(Stream stream, int length, CancellationToken cancellation)
    {
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellation);
        return body;
    }

    private static async Task<byte[]> RestAsync(Stream stream, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        var part = new byte[8 * 1024];
        while (await stream.ReadAsync(part, cancellation) is var read && read > 0)
            Append(body, part.AsSpan(0, read));
        return body.ToArray();
    }

    private static async Task<byte[]> ChunksAsync(Stream stream, CancellationToken cancellation)
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = (await LineAsync(stream, cancellation)).Split(';')[0].Trim();
            if (!int.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size is < 0 or > MessageLimits.HardMaxBytes)
                throw new IOException($"A chunk has the size '{line}'; allowed is a hex number up to {MessageLimits.HardMaxBytes:X}.");
            if (size == 0)
                break;
            Append(body, await BytesAsync(stream, size, cancellation));
            await LineAsync(stream, cancellation);
        }

        while (await LineAsync(stream, cancellation) is { Length: > 0 })
        {
            // Trailers are read over.
        }

        return body.ToArray();
    }

    private static void Append(MemoryStream body, ReadOnlySpan<byte> part)
    {
        if (body.Length + part.Length > MessageLimits.HardMaxBytes)
            throw new IOException($"The body has more than {MessageLimits.HardMaxBytes} bytes.");
        body.Write(part);
    }

    private static async Task<string> LineAsync(Stream stream, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellation) > 0)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            if (line.Append((char)one[0]).Length > MaxHeadBytes)
                throw new IOException($"A line has more than {MaxHeadBytes} bytes.");
        }

        throw new IOException("The connection was closed in the middle of a message.");
    }

    /// <summary>A message as bytes; Content-Length is made right, and a body that came in chunks goes on as one.</summary>
    public static byte[] Write(RawMessage message)
    {
        var text = new StringBuilder(message.FirstLine).Append("\r\n");
        var chunked = IsChunked(message.Headers);
        foreach (var header in message.Headers)
        {
            var isLength = header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);
            text.Append(CultureInfo.InvariantCulture, $"{header.Name}: {(isLength ? message.Body.Length.ToString(CultureInfo.InvariantCulture) : header.Value)}\r\n");
        }

        byte[] head = Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
        if (!chunked)
            return [.. head, .. message.Body];
        return message.Body.Length == 0
            ? [.. head, .. "0\r\n\r\n"u8]
            : [.. head, .. Encoding.Latin1.GetBytes($"{message.Body.Length:X}\r\n"), .. message.Body, .. "\r\n0\r\n\r\n"u8];
    }

    private static bool Ends(List<byte> head) => head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';

    private static HttpHeader Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? new HttpHeader(line[..colon], line[(colon + 1)..].Trim()) : throw new IOException($"The header line '{line}' has no colon.");
    }
}
