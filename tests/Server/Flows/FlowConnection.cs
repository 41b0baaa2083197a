using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Flows;

/// <summary>One request of a flow on a connection of its own, and what comes back, byte by byte.</summary>
internal static partial class FlowConnection
{
    /// <summary>What stands for an answer when the server does not even let the phone in.</summary>
    private const string Refused = "refused";

    /// <summary>Sends the lines of a request; <c>{length}</c> in its head is the length of its body.</summary>
    /// <returns>The answer as text: line ends of the head checked, the length checked and named.</returns>
    public static async Task<string> ExchangeAsync(Uri server, X509Certificate2? certificate, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port, RunningServer.Patience());
        if (server.Scheme == Uri.UriSchemeHttp)
            return await ExchangeAsync(client.GetStream(), text);
#pragma warning disable CA5359 // Phones in Default Mode accept any certificate (WPI guide p.12); what the secure port shows is looked at elsewhere.
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        var options = new SslClientAuthenticationOptions { TargetHost = "127.0.0.1" };
        if (certificate is not null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        try
        {
            await tls.AuthenticateAsClientAsync(options, RunningServer.Patience());
            return await ExchangeAsync(tls, text);
        }
        catch (Exception shut) when (shut is AuthenticationException or IOException)
        {
            // With TLS 1.3 a client learns of it when it reads.
            return Refused;
        }
    }

    private static async Task<string> ExchangeAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Request(text), RunningServer.Patience());
        return await ReadAsync(stream);
    }

    private static byte[] Request(string text)
    {
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = split < 0 ? (text, "") : (text[..split], text[(split + 2)..]);
        var content = Encoding.UTF8.GetBytes(body);
        head = head.Replace("{length}", content.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return [.. Encoding.Latin1.GetBytes(head.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n"), .. content];
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        int end;
        while ((end = Encoding.Latin1.GetString([.. bytes]).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            var read = await stream.ReadAsync(buffer, RunningServer.Patience());
            if (read == 0 && bytes.Count == 0)
                return Refused;
            Assert.That(read, Is.Positive, "the service closed the connection in the middle of an answer");
            bytes.AddRange(buffer[..read]);
        }

        var head = Encoding.Latin1.GetString([.. bytes[..end]]);
        Assert.That(head.Split("\r\n"), Has.None.Contains("\n"), "a header line does not end with CR LF");
        var length = int.Parse(Length().Match(head) is { Success: true } known ? known.Groups[1].Value : "0", CultureInfo.InvariantCulture);
        while (bytes.Count < end + 4 + length)
        {
            var read = await stream.ReadAsync(buffer, RunningServer.Patience());
            Assert.That(read, Is.Positive, $"Content-Length is {length}, but the body is shorter");
            bytes.AddRange(buffer[..read]);
        }

        Assert.That(bytes, Has.Count.EqualTo(end + 4 + length), "more than Content-Length says");
        head = Length().Replace(head, "Content-Length: {length}").Replace("\r\n", "\n", StringComparison.Ordinal);
        var body = Encoding.UTF8.GetString([.. bytes[(end + 4)..]]).TrimEnd('\n');
        return body.Length == 0 ? head : $"{head}\n\n{body}";
    }

    [GeneratedRegex(@"Content-Length: (\d+)")]
    private static partial Regex Length();
}
