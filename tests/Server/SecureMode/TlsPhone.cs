using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OpenStage.Server.Tests.SecureMode;

/// <summary>A phone at the level of TLS and bytes: a connection for each message, with or without a client certificate.</summary>
internal sealed class TlsPhone(int port, X509Certificate2? certificate = null, string mac = PhoneTalk.Mac)
{
    public string Cookie { get; set; } = "";

    /// <summary>The certificate that the server showed last.</summary>
    public X509Certificate2? Shown { get; private set; }

    public string StartUp(string nonce, bool changed = false) => Initiating(nonce, "start-up", changed);

    public string Initiating(string nonce, string reason, bool changed = false, string more = "") => $"""
        <WorkpointMessage xmlns="http://www.siemens.com/DLS"><Message nonce="{nonce}" maxItems="-1"><ReasonForContact>{reason}</ReasonForContact><ItemList>
        <Item name="mac-addr">{mac}</Item><Item name="e164">498912345</Item><Item name="contact-me-uri"></Item>
        <Item name="device-type">OpenStage 40</Item><Item name="software-version">V3 R3.24.0</Item>
        <Item name="configuration-changed-flag">{(changed ? "true" : "false")}</Item>{more}</ItemList></Message></WorkpointMessage>
        """;

    public static string Reply(string nonce, string action, string items = "<ItemList/>", string status = "accepted") => $"""
        <WorkpointMessage xmlns="http://www.siemens.com/DLS"><Message nonce="{nonce}" maxItems="-1" fragment="final">
        <ReasonForContact action="{action}" status="{status}">reply-to</ReasonForContact>{items}</Message></WorkpointMessage>
        """;

    /// <summary>Posts a message.</summary>
    /// <returns>The whole answer, or null when the server refused the connection.</returns>
    public async Task<string?> PostAsync(string body)
    {
        var cookie = Cookie.Length > 0 ? $"Cookie: {Cookie}\r\n" : "";
        var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        var request = $"POST /DeploymentService/LoginService HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{cookie}Content-Type: text/xml; charset=UTF-8\r\nContent-Length: {length}\r\n\r\n{body}";
        try
        {
            var answer = await SendAsync(request);
            if (answer.Split("Set-Cookie: ") is [_, var set])
                Cookie = set.Split(';')[0];
            return answer.Length == 0 ? null : answer;
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // With TLS 1.3 a client learns of it when it reads.
            return null;
        }
    }

    /// <summary>Posts a message that must be taken.</summary>
    /// <returns>The body of the answer.</returns>
    public async Task<string> TalkAsync(string body)
    {
        var answer = await PostAsync(body) ?? throw new InvalidOperationException("The server refused the connection.");
        return answer.StartsWith("HTTP/1.1 200 OK\r\n", StringComparison.Ordinal)
            ? RawHttp.Body(answer)
            : throw new InvalidOperationException(answer);
    }

    /// <summary>The bytes of a message of the server, apart from what is between its nonce and its end.</summary>
    public static string Message(string nonce, string inner) =>
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<DLSMessage xmlns=\"http://www.siemens.com/DLS\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.siemens.com/DLS\">\n"
        + $"<Message nonce=\"{nonce}\">\n{inner}</Message>\n</DLSMessage>\n";

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, RunningServer.Patience());
        await using var tls = new SslStream(client.GetStream());
#pragma warning disable CA5359 // What the server shows is looked at afterwards.
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            RemoteCertificateValidationCallback = (_, shown, _, _) =>
            {
                Shown = X509CertificateLoader.LoadCertificate(shown!.GetRawCertData());
                return true;
            },
        };
#pragma warning restore CA5359
        if (certificate is not null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        await tls.AuthenticateAsClientAsync(options, RunningServer.Patience());
        await tls.WriteAsync(Encoding.UTF8.GetBytes(request), RunningServer.Patience());
        using var answer = new MemoryStream();
        await tls.CopyToAsync(answer, RunningServer.Patience());
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
