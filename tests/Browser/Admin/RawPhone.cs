using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

namespace OpenStage.Browser.Tests.Admin;

/// <summary>A phone that posts what it is told to.</summary>
internal sealed class RawPhone(Uri server, string mac) : IDisposable
{
#pragma warning disable CA5359, CA5400, CA5399, CA2000 // Phones accept any certificate (WPI guide p.12); the client owns the handler.
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    });
#pragma warning restore CA5359, CA5400, CA5399, CA2000
    private string? cookie;
    private int nonces;

    public string Mac => mac;

    public string Model { get; init; } = "OpenStage 40";

    public string Firmware { get; init; } = "V3 R3.24.0";

    public string Number { get; init; } = "498912345";

    public string ContactMeUri { get; init; } = "";

    /// <summary>Begins an interaction; returns the action of the answer.</summary>
    public Task<string> CallAsync(string reason, bool changed = false) => PostAsync(new XElement("ReasonForContact", reason),
        ("mac-addr", mac), ("e164", Number), ("contact-me-uri", ContactMeUri), ("device-type", Model), ("software-version", Firmware),
        ("configuration-changed-flag", changed ? "true" : "false"));

    /// <summary>Answers an action; an item whose name ends in an exclamation mark is refused as read only.</summary>
    public Task<string> ReplyAsync(string action, string status, params (string Name, string Value)[] items) => PostAsync(
        new XElement("ReasonForContact", new XAttribute("action", action), new XAttribute("status", status), "reply-to"), items);

    /// <summary>Start-up with all items.</summary>
    public async Task RegisterAsync(params (string Name, string Value)[] items)
    {
        await CallAsync("start-up", true);
        await ReplyAsync("ReadAllItems", "accepted", [("dls-contact-interval", "0"), ("mac-addr", mac), .. items]);
    }

    public void Dispose() => http.Dispose();

    private async Task<string> PostAsync(XElement reason, params (string Name, string Value)[] items)
    {
        var list = new XElement("ItemList", items.Select(item => item.Name.EndsWith('!')
            ? new XElement("Item", new XAttribute("name", item.Name[..^1]), new XAttribute("status", "read only"))
            : new XElement("Item", new XAttribute("name", item.Name), item.Value)));
        var message = new XElement("Message", new XAttribute("nonce", (++nonces).ToString("X32", CultureInfo.InvariantCulture)),
            new XAttribute("maxItems", -1), reason, list);
        XNamespace dls = "http://www.siemens.com/DLS";
        var root = new XElement(dls + "WorkpointMessage", message);
        foreach (var element in message.DescendantsAndSelf())
            element.Name = dls + element.Name.LocalName;
        using var request = new HttpRequestMessage(HttpMethod.Post, server) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting))) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            cookie = set.First().Split(';')[0];
        var body = XDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.Descendants().First(element => element.Name.LocalName == "Action").Value;
    }
}
