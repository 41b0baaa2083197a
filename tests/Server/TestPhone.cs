using System.Text;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Server.Tests;

/// <summary>A phone at the level of HTTP: posts messages, keeps the cookie, reads answers.</summary>
internal sealed class TestPhone(Uri server, string mac = PhoneTalk.Mac) : IDisposable
{
#pragma warning disable CA5359, CA5400, CA5399, CA2000 // Phones accept any certificate (WPI guide p.12); the client owns the handler.
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });
#pragma warning restore CA5359, CA5400, CA5399, CA2000
    private int nonces;

    public string? Cookie { get; set; }

    public string Firmware { get; init; } = "V3 R3.24.0";

    public int MaxItems { get; init; } = -1;

    public string ContactMeUri { get; init; } = "";

    public HttpResponseMessage Last { get; private set; } = null!;

    public Task<DlsMessage> StartUpAsync(bool changed = false) => SendAsync(Initiating("start-up", changed));

    public Task<DlsMessage> SolicitedAsync() => SendAsync(Initiating("solicited", false));

    public Task<DlsMessage> ReplyAsync(string action, string status = "accepted", string items = "") =>
        SendAsync(Reply(action, status, items));

    /// <summary>Registers: start-up and a few items.</summary>
    public async Task RegisterAsync(string items = """<Item name="dls-contact-interval">0</Item>""")
    {
        await StartUpAsync(true);
        await ReplyAsync("ReadAllItems", "accepted", items);
    }

    public string Initiating(string reason, bool changed) => $"""
        <WorkpointMessage xmlns="http://www.siemens.com/DLS"><Message nonce="{NextNonce()}" maxItems="{MaxItems}">
        <ReasonForContact>{reason}</ReasonForContact><ItemList>
        <Item name="mac-addr">{mac}</Item><Item name="e164">498912345</Item><Item name="contact-me-uri">{ContactMeUri}</Item>
        <Item name="device-type">OpenStage 40</Item><Item name="software-version">{Firmware}</Item>
        <Item name="configuration-changed-flag">{(changed ? "true" : "false")}</Item></ItemList></Message></WorkpointMessage>
        """;

    public string Reply(string action, string status = "accepted", string items = "") => $"""
        <WorkpointMessage xmlns="http://www.siemens.com/DLS"><Message nonce="{NextNonce()}" maxItems="{MaxItems}" fragment="final">
        <ReasonForContact action="{action}" status="{status}">reply-to</ReasonForContact><ItemList>{items}</ItemList></Message></WorkpointMessage>
        """;

    public async Task<DlsMessage> SendAsync(string body)
    {
        var bytes = await PostAsync(Encoding.UTF8.GetBytes(body));
        return DlsReader.Read(bytes).Message ?? throw new InvalidOperationException($"No message: {Encoding.UTF8.GetString(bytes)}");
    }

    public async Task<byte[]> PostAsync(byte[] body, string? path = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path is null ? server : new Uri(server, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/xml; charset=UTF-8");
        if (Cookie is { } cookie)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        Last = await http.SendAsync(request);
        if (Last.Headers.TryGetValues("Set-Cookie", out var set))
            Cookie = set.First().Split(';')[0];
        return await Last.Content.ReadAsByteArrayAsync();
    }

    public void Dispose() => http.Dispose();

    private string NextNonce() => $"{++nonces:X32}";
}
