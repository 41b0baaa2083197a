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

    /// <summary>A message, or null when the connection was closed before one began.</summary>
    /// <exception cref="IOException">What came is no HTTP/1.1, or too large.</exception>
    public static async Task<RawMessage?> ReadAsync(Stream stream, CancellationToken cancellation)
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
        var headers = lines.Skip(1).Select(Header).ToList();
        var announced = HttpExchange.Header(headers, "Content-Length");
        var length = 0;
        if (announced is not null && (!int.TryParse(announced, NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > MessageLimits.HardMaxBytes))
            throw new IOException($"Content-Length is '{announced}'; allowed is 0 to {MessageLimits.HardMaxBytes}.");
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellation);
        return new RawMessage(lines[0], headers, body);
    }

    /// <summary>A message as bytes; Content-Length is made right.</summary>
    public static byte[] Write(RawMessage message)
    {
        var text = new StringBuilder(message.FirstLine).Append("\r\n");
        foreach (var header in message.Headers)
        {
            var value = header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? message.Body.Length.ToString(CultureInfo.InvariantCulture) : header.Value;
            text.Append(CultureInfo.InvariantCulture, $"{header.Name}: {value}\r\n");
        }

        return [.. Encoding.Latin1.GetBytes(text.Append("\r\n").ToString()), .. message.Body];
    }

    private static bool Ends(List<byte> head) => head.Count >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';

    private static HttpHeader Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? new HttpHeader(line[..colon], line[(colon + 1)..].Trim()) : throw new IOException($"The header line '{line}' has no colon.");
    }
}
