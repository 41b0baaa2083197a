using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Recording;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.ServiceSuite;

/// <summary>
/// A phone that says what a case has it say, and nothing of its own accord. It shares no code with the emulated phone or
/// with the service: its messages are texts, its HTTP is written and read raw.
/// </summary>
public sealed class ScriptedPhone : IAsyncDisposable
{
    /// <summary>Most messages of one interaction; a service that asks for more does not come to an end.</summary>
    private const int MostMessages = 40;

    private readonly ServiceUnderTest service;
    private readonly LabListener ear;
    private readonly Channel<LabRequest> contacts = Channel.CreateUnbounded<LabRequest>();
    private Dictionary<ItemKey, string> values = Settings();
    private ServiceSide? side;
    private (bool Secure, X509Certificate2? Certificate) sideIs;

    internal ScriptedPhone(ServiceUnderTest service, string mac)
    {
        this.service = service;
        Mac = mac;
        ear = LabListener.Start(IPAddress.Parse(service.Entry.PhoneAddress), ListenerKind.Http, certificate: null, Contacted);
    }

    public string Mac { get; }

    /// <summary>Firmware that the phone says it has; cases may give it another.</summary>
    public string Firmware { get; set; } = "V3 R5.12.0";

    /// <summary>Most items a message of the service, -1 for no limit (WPI guide p.28).</summary>
    public int MaxItems { get; set; } = -1;

    /// <summary>True for a phone that closes the connection after each message (field).</summary>
    public bool ClosesEach { get; set; }

    /// <summary>Path at which it takes contact-me requests.</summary>
    public string ContactPath { get; set; } = "/contact_dls.html/ContactDLS";

    /// <summary>Where it takes contact-me requests (p.27).</summary>
    public Uri ContactMeUri => new(ear.Url, ContactPath);

    /// <summary>Name and value of the session's cookie, or null.</summary>
    public string? Cookie { get; set; }

    /// <summary>
    /// A version that it was not given lately: services do not send the same one again within minutes, so that a phone
    /// that cannot take it does not load it without end.
    /// </summary>
    public string NewFirmware => string.Create(CultureInfo.InvariantCulture, $"V3 R5.13.{(int)service.Clock.GetUtcNow().TimeOfDay.TotalSeconds}");

    public static string NewNonce() => RandomNumberGenerator.GetHexString(32);

    /// <summary>Items of a message that opens an interaction (p.27, p.33), and more.</summary>
    public IReadOnlyList<Item> BasicItems(bool isChanged, params Item[] more) =>
    [
        new("device-type", "OpenStage 40"),
        new("software-type", "Siemens SIP"),
        new("software-version", Firmware),
        new("contact-me-uri", ContactMeUri.AbsoluteUri),
        new("mac-addr", Mac),
        new("configuration-changed-flag", isChanged ? "true" : "false"),
        new("e164", "498912345"),
        .. more,
    ];

    /// <summary>Everything that ReadAllItems gives (p.30).</summary>
    public IReadOnlyList<Item> AllItems =>
        [.. BasicItems(isChanged: true), .. values.Select(value => new Item(value.Key.Name, value.Value, value.Key.Index))];

    public PhoneMessage Initiating(string reason, bool isChanged = false, params Item[] more) =>
        new() { Reason = reason, Nonce = NewNonce(), MaxItems = MaxItems, Items = BasicItems(isChanged, more) };

    public PhoneMessage Reply(string action, params IReadOnlyList<Item> items) =>
        new() { Reason = "reply-to", Nonce = NewNonce(), MaxItems = MaxItems, Action = action, Status = "accepted", Fragment = "final", Items = items };

    /// <summary>Opens an interaction.</summary>
    /// <param name="isChanged">What configuration-changed-flag says.</param>
    public Task<ServiceAnswer> SayAsync(string reason, bool isChanged = false, params Item[] more) => PostAsync(Initiating(reason, isChanged, more));

    /// <summary>Replies accepted.</summary>
    public Task<ServiceAnswer> ReplyAsync(string action, params IReadOnlyList<Item> items) => PostAsync(Reply(action, items));

    public Task<ServiceAnswer> PostAsync(PhoneMessage message, PhonePost? how = null)
    {
        // An interaction begins on a connection of its own and, unless a case says otherwise, without a cookie (p.33-34).
        if (!message.IsReply && message.Reason != "clean-up" && how?.Cookie is null)
            Cookie = null;
        return PostAsync(message.ToBytes(), how);
    }

    /// <summary>Posts these bytes, whatever they are.</summary>
    /// <exception cref="ConformanceException">No answer came.</exception>
    /// <exception cref="LabErrorException">The service cannot be reached.</exception>
    public async Task<ServiceAnswer> PostAsync(byte[] body, PhonePost? how = null)
    {
        var (answer, error) = await TryPostAsync(body, how);
        return answer ?? throw new ConformanceException($"an answer within {service.Patience.TotalSeconds:0} s", $"none: {error}");
    }

    /// <summary>Posts these bytes to a service that may hang up on them.</summary>
    /// <returns>The answer, or null with the reason.</returns>
    /// <exception cref="LabErrorException">The service cannot be reached.</exception>
    public async Task<(ServiceAnswer? Answer, string Error)> TryPostAsync(byte[] body, PhonePost? how = null)
    {
        how ??= PhonePost.Usual;
        var target = how.Secure ? service.Entry.SecureUrl! : service.Entry.Url;
        var close = how.Close || ClosesEach;
        var request = new RawMessage($"POST {how.Path ?? target.PathAndQuery} HTTP/1.1", Headers(how, target, body.Length, close), body);
        var open = await SideAsync(how, target);
        var exchange = service.Begin(ExchangeKind.Message, Mac, request, target.Authority);
        RawMessage? raw = null;
        var error = "";
        using (var limit = new CancellationTokenSource(service.Patience, service.Clock))
        {
            try
            {
                raw = await open.AskAsync(request, limit.Token, close);
                error = open.Error;
            }
            catch (OperationCanceledException)
            {
                error = $"no complete answer within {service.Patience.TotalSeconds:0} s";
                await open.CloseAsync();
            }
        }

        service.End(exchange with { Client = open.Client, TlsVersion = open.TlsVersion }, raw, error);
        if (raw is null && open.IsUnreachable && !how.Secure)
            throw new LabErrorException($"The service {service.Entry.Id} cannot be reached at {target.Authority}: {error}");
        return raw is null ? (null, error) : (await TakeAsync(new ServiceAnswer(raw, open.Surplus), open), "");
    }

    private async Task<ServiceAnswer> TakeAsync(ServiceAnswer answer, ServiceSide open)
    {
        if (answer.Header("Set-Cookie") is { } set)
            Cookie = set.Split(';')[0].Trim();
        if (answer.Ends)
            await open.CloseAsync();
        return answer;
    }

    /// <summary>Does what a phone that takes everything does, until the service ends the interaction or something holds.</summary>
    /// <returns>The answer that is not replied to.</returns>
    /// <exception cref="ConformanceException">An answer is no message with an action, or the interaction does not end.</exception>
    public async Task<ServiceAnswer> FollowAsync(ServiceAnswer answer, Func<ServiceAnswer, bool>? until = null)
    {
        for (var messages = 0; messages < MostMessages; messages++)
        {
            if (until?.Invoke(answer) == true || answer.Ends || answer.Action is "Restart" or "SoftwareDeployment")
                return answer;
            if (answer.Action.Length == 0)
                throw new ConformanceException("a message with an action", answer.ToString());
            answer = await ObeyAsync(answer);
        }

        throw new ConformanceException("CleanUp at the end of the interaction", string.Create(CultureInfo.InvariantCulture, $"{MostMessages} messages without it"));
    }

    /// <summary>Does what an answer asks for, and gives the service's next one.</summary>
    public async Task<ServiceAnswer> ObeyAsync(ServiceAnswer answer)
    {
        switch (answer.Action)
        {
            case "ReadAllItems":
                return await ReplyAsync(answer.Action, AllItems);
            case "ReadItems":
                return await ReplyAsync(answer.Action, [.. answer.Items.Select(item => Read(item.Name, Index(item)))]);
            case "WriteItems":
                foreach (var item in answer.Items)
                    values[new ItemKey(item.Name, Index(item))] = item.Text;
                return await ReplyAsync(answer.Action);
            case "FileDeployment":
                return await SayAsync("status", more: [.. FileReports(answer)]);
            default:
                return await PostAsync(Reply(answer.Action) with { Status = "failed" });
        }
    }

    /// <summary>The items of a status message about files that were loaded (p.54).</summary>
    public static IEnumerable<Item> FileReports(ServiceAnswer deployment)
    {
        foreach (var file in deployment.Items.Where(item => item.Name == "file-type"))
        {
            var address = deployment.Message.Item("file-https-base-url", file.Index)?.Text ?? "";
            yield return new("file-deployment-date", "21:11:2026", Index(file));
            yield return new("file-deployment-time", "12:00:00", Index(file));
            yield return new("file-deployment-name", address[(address.LastIndexOf('/') + 1)..], Index(file));
            yield return new("file-deployment-type", file.Text, Index(file));
            yield return new("file-deployment-status", "ok", Index(file));
        }
    }

    /// <summary>Waits for the next contact-me.</summary>
    /// <exception cref="ConformanceException">None came in the lab's patience.</exception>
    public async Task<LabRequest> ContactedAsync()
    {
        using var limit = new CancellationTokenSource(service.Patience, service.Clock);
        try
        {
            return await contacts.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ConformanceException($"contact-me at {ContactMeUri} within {service.Patience.TotalSeconds:0} s (WPI guide p.14)", "none");
        }
    }

    /// <summary>Takes back what an earlier case set, and forgets contact-me requests that nobody waits for.</summary>
    internal async Task ResetAsync()
    {
        (Firmware, MaxItems, ClosesEach, ContactPath, Cookie) = ("V3 R5.12.0", -1, false, "/contact_dls.html/ContactDLS", null);
        // What a case wrote may be more than fits into the one message of the next.
        values = Settings();
        if (side is not null)
            await side.CloseAsync();
        while (contacts.Reader.TryRead(out _))
        {
            // Of a job that an earlier case left.
        }
    }

    public async ValueTask DisposeAsync()
    {
        ear.Dispose();
        if (side is not null)
            await side.DisposeAsync();
    }

    private LabAnswer Contacted(LabRequest request)
    {
        var raw = new RawMessage($"{request.Method} {request.Target} HTTP/1.1", request.Headers, request.Body);
        service.End(service.Begin(ExchangeKind.ContactMe, Mac, raw, ear.Url.Authority), new RawMessage("HTTP/1.1 204 No Content", [], []), "");
        contacts.Writer.TryWrite(request);
        return new LabAnswer(204, [], "text/html");
    }

    private List<HttpHeader> Headers(PhonePost how, Uri target, int length, bool close)
    {
        var cookie = how.NoCookie ? null : how.Cookie ?? Cookie;
        List<HttpHeader> headers =
        [
            new("Host", target.Authority),
            new("Content-Type", how.ContentType),
            new("Content-Length", length.ToString(CultureInfo.InvariantCulture)),
        ];
        if (cookie is not null)
            headers.Add(new("Cookie", cookie));
        if (close)
            headers.Add(new("Connection", "close"));
        return headers;
    }

    private async Task<ServiceSide> SideAsync(PhonePost how, Uri target)
    {
        if (side is not null && sideIs == (how.Secure, how.Certificate))
            return side;
        if (side is not null)
            await side.DisposeAsync();
        sideIs = (how.Secure, how.Certificate);
        return side = new ServiceSide(target, how.Certificate, how.Secure ? null : service.Trusts);
    }

    private Item Read(string name, int? index) => AllItems.Find(new ItemKey(name, index))
        ?? new Item(name, "", index) { StatusText = "unknown item" };

    private static Dictionary<ItemKey, string> Settings() => new()
    {
        [new("sntp-addr", null)] = "ntp.example.net",
        // A real phone's 300 s would have each case wait for five minutes.
        [new("dls-contact-interval", null)] = "0",
        [new("function-key-def", 1)] = "1",
        [new("function-key-def", 2)] = "59",
        [new("ldap-server-address", 1)] = "ldap.example.net",
    };

    private static int? Index(WireItem item) => int.TryParse(item.Index, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
