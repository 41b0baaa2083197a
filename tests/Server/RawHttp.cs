using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests;

/// <summary>Plain HTTP, byte by byte: sends what no client library would.</summary>
internal static class RawHttp
{
    /// <summary>Tokens of the administrations of running servers, by port.</summary>
    private static readonly ConcurrentDictionary<int, string> Tokens = [];

    /// <summary>Has the requests to a server's administration carry a token; null for none any more.</summary>
    public static void Login(Uri server, string? token)
    {
        if (token is null)
            Tokens.TryRemove(server.Port, out _);
        else
            Tokens[server.Port] = token;
    }

    /// <summary>The header with the token of a server's administration; nothing for other servers.</summary>
    public static string Authorization(Uri server) => Tokens.TryGetValue(server.Port, out var token) ? $"Authorization: Bearer {token}\r\n" : "";

    /// <summary>Sends a request and reads until the server closes.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        try
        {
            return await TrySendAsync(server, request);
        }
        catch (IOException lost) when (request.StartsWith("GET ", StringComparison.Ordinal) && lost.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            // What only asks may be asked again when the line is lost before an answer (RFC 9110, 9.2.2), as every client does.
            await TestContext.Progress.WriteLineAsync($"reset, asked again: {request.Split("\r\n")[0]}");
            return await TrySendAsync(server, request);
        }
    }

    private static async Task<string> TrySendAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, RunningServer.Patience());
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), RunningServer.Patience());
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, RunningServer.Patience());
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>Asks, with the token of the administration unless the headers have one.</summary>
    public static Task<string> GetAsync(Uri server, string target, string method = "GET", string headers = "") =>
        SendAsync(server, $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{Port(server)}\r\nConnection: close\r\n"
            + $"{(headers.Contains("Authorization:", StringComparison.Ordinal) ? "" : Authorization(server))}{headers}\r\n");

    /// <summary>Posts, with the token of the administration.</summary>
    public static Task<string> PostAsync(Uri server, string target, string body, string contentType = "application/json") =>
        SendAsync(server, $"POST {target} HTTP/1.1\r\nHost: 127.0.0.1:{Port(server)}\r\nConnection: close\r\n"
            + $"{Authorization(server)}Content-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}");

    public static int Status(string answer) => int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The body, of an answer in chunks as well.</summary>
    public static string Body(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = answer[(end + 4)..];
        if (!answer[..end].Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
            return body;
        var bytes = Encoding.UTF8.GetBytes(body).AsSpan();
        using var whole = new MemoryStream();
        while (bytes.IndexOf("\r\n"u8) is var line and > 0
            && int.Parse(Encoding.ASCII.GetString(bytes[..line]), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size and > 0)
        {
            whole.Write(bytes.Slice(line + 2, size));
            bytes = bytes[(line + 2 + size + 2)..];
        }

        return Encoding.UTF8.GetString(whole.ToArray());
    }

    public static JsonNode Json(string answer) => JsonNode.Parse(Body(answer))!;

    private static string Port(Uri server) => server.Port.ToString(CultureInfo.InvariantCulture);
}
