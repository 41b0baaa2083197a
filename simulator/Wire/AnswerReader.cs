using System.Globalization;
using System.Text;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;

namespace OpenStage.Simulator.Wire;

/// <summary>
/// Reads an HTTP answer off a stream as an embedded client does. Its own code, as what phones take (HTTP/1.0, no length,
/// chunks) is part of what is emulated. Anything it cannot take is an <see cref="IOException"/> that says what came.
/// </summary>
internal sealed class AnswerReader(Stream stream)
{
    private const int MaxHeadBytes = 16 * 1024;

    /// <summary>One byte more than the message reader takes, so that it says what is wrong.</summary>
    private const int MaxBodyBytes = MessageLimits.HardMaxBytes + 1;

    /// <summary>Bytes of a body that are believed before they come.</summary>
    private const int Believed = 64 * 1024;

    private byte[] buffer = new byte[2 * 1024];
    private int position;
    private int filled;

    /// <summary>True once a byte of the answer has come.</summary>
    public bool Begun { get; private set; }

    public async Task<WireAnswer> ReadAsync(CancellationToken cancellation)
    {
        Begun = filled > position;
        var statusLine = await LineAsync(cancellation);
        var parts = statusLine.Split(' ', 3);
        if (parts.Length < 2 || !parts[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || parts[1].Length != 3
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            throw new IOException($"The answer is no HTTP/1.1: '{Shortened(statusLine)}'.");

        var headers = await HeadersAsync(cancellation);
        var chunked = HttpExchange.Header(headers, "Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;
        var connection = HttpExchange.Header(headers, "Connection");
        var length = Length(headers);
        var keeps = parts[0] == "HTTP/1.1"
            ? connection?.Contains("close", StringComparison.OrdinalIgnoreCase) != true
            : connection?.Contains("keep-alive", StringComparison.OrdinalIgnoreCase) == true;
        var body = status is 204 or 304 ? []
            : chunked ? await ChunksAsync(cancellation)
            : length is { } bytes ? await BytesAsync(bytes, cancellation)
            : await RestAsync(cancellation);
        return new WireAnswer(status, headers, body, chunked, keeps && (chunked || length is not null || status is 204 or 304) && body.Length < MaxBodyBytes);
    }

    private static int? Length(IReadOnlyList<HttpHeader> headers)
    {
        if (HttpExchange.Header(headers, "Content-Length") is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? (int)Math.Min(length, MaxBodyBytes)
            : throw new IOException($"The Content-Length of the answer is '{Shortened(text)}'; allowed is a whole number.");
    }

    private async ValueTask<List<HttpHeader>> HeadersAsync(CancellationToken cancellation)
    {
        var headers = new List<HttpHeader>(capacity: 8);
        var bytes = 0;
        while (await LineAsync(cancellation) is { Length: > 0 } line)
        {
            bytes += line.Length;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || bytes > MaxHeadBytes)
                throw new IOException($"The answer has a header that cannot be read: '{Shortened(line)}'.");
            headers.Add(new HttpHeader(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }

        return headers;
    }

    private async Task<byte[]> ChunksAsync(CancellationToken cancellation)
    {
        var body = new MemoryStream();
        while (true)
        {
            var line = await LineAsync(cancellation);
            if (!int.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0)
                throw new IOException($"The answer has a chunk of size '{Shortened(line)}'; allowed is a hex number.");
            if (size == 0)
                break;
            if (body.Length + size > MaxBodyBytes)
                size = MaxBodyBytes - (int)body.Length;
            body.Write(await BytesAsync(size, cancellation));
            if (body.Length >= MaxBodyBytes)
                return body.ToArray();
            await LineAsync(cancellation);
        }

        while (await LineAsync(cancellation) is { Length: > 0 })
        {
            // Trailers are read over.
        }

        return body.ToArray();
    }

    private async ValueTask<byte[]> BytesAsync(int count, CancellationToken cancellation)
    {
        var body = new byte[Math.Min(count, Believed)];
        var length = 0;
        while (length < count)
        {
            if (length == body.Length)
                Array.Resize(ref body, (int)Math.Min(count, body.Length * 2L));
            var taken = await TakeAsync(body.AsMemory(length), cancellation);
            if (taken == 0)
                throw new IOException($"The answer ended after {length} of {count} bytes.");
            length += taken;
        }

        return body;
    }

    private async Task<byte[]> RestAsync(CancellationToken cancellation)
    {
        var body = new MemoryStream();
        var piece = new byte[8 * 1024];
        while (body.Length < MaxBodyBytes)
        {
            var taken = await TakeAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, MaxBodyBytes - body.Length)), cancellation);
            if (taken == 0)
                break;
            body.Write(piece, 0, taken);
        }

        return body.ToArray();
    }

    /// <summary>Takes what came with the head, then what comes: without a stop in the buffer.</summary>
    private async ValueTask<int> TakeAsync(Memory<byte> target, CancellationToken cancellation)
    {
        if (position == filled)
        {
            var read = await stream.ReadAsync(target, cancellation);
            Begun |= read > 0;
            return read;
        }

        var taken = Math.Min(filled - position, target.Length);
        buffer.AsMemory(position, taken).CopyTo(target);
        position += taken;
        return taken;
    }

    private async ValueTask<string> LineAsync(CancellationToken cancellation)
    {
        var seen = 0;
        while (true)
        {
            var end = buffer.AsSpan(position + seen, filled - position - seen).IndexOf((byte)'\n');
            var length = end < 0 ? filled - position : seen + end;
            if (length > MaxHeadBytes)
                throw new IOException($"The answer has a line of more than {MaxHeadBytes} bytes.");
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString(buffer, position, length).TrimEnd('\r');
                position += length + 1;
                return line;
            }

            seen = length;
            if (!await FillAsync(cancellation))
                throw new IOException(seen == 0 && !Begun ? "The connection was closed without an answer." : "The answer ended in the middle.");
        }
    }

    /// <summary>Reads more behind what is there.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (position > 0)
        {
            buffer.AsSpan(position, filled - position).CopyTo(buffer);
            (position, filled) = (0, filled - position);
        }

        if (filled == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
        filled += read;
        Begun |= read > 0;
        return read > 0;
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
