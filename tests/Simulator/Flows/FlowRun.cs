using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Fixtures.Transcripts;
using OpenStage.Harness.Clock;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Tests.Downloads;
using OpenStage.Simulator.Tests.Wire;

namespace OpenStage.Simulator.Tests.Flows;

/// <summary>Plays a flow against an emulated phone, over real sockets and in virtual time.</summary>
internal sealed partial class FlowRun : IAsyncDisposable
{
    private const string StartUpAnswer = "HTTP/1.1 200 OK\nContent-Type: text/xml\nContent-Length: {length}\n\n<DLSMessage><Message nonce=\"{nonce}\"><Action>CleanUp</Action></Message></DLSMessage>";

    /// <summary>Real time for the phone to say something or to come to rest.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FlowFile flow;
    private readonly ManualClock clock = new();
    private readonly X509Certificate2 authority = TestCertificates.SelfSigned("CN=authority");
    private readonly X509Certificate2 certificate;
    private readonly RawService service;
    private readonly RawService secure;
    private readonly RawService proxy;
    private readonly ScriptedFtp ftp = new(new byte[1000]);
    private readonly Dictionary<string, string> placeholders;
    private readonly string clientCertificate;
    private RawRequest? open;
    private string place = "";
    private SimulatedPhone phone = null!;

    private FlowRun(FlowFile flow)
    {
        this.flow = flow;
        certificate = TestCertificates.SignedBy(authority, "CN=server", 1);
        using var client = TestCertificates.SignedBy(authority, "CN=phone", 2);
        clientCertificate = Convert.ToBase64String(client.Export(X509ContentType.Pkcs12, ""));
        var files = flow.Head["file"].Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries)).ToDictionary(parts => parts[0], parts => Encoding.UTF8.GetBytes(parts[1]));
        service = new RawService(certificate, null, files);
        secure = new RawService(certificate, authority, files);
        proxy = new RawService(null, null, files);
        // Longest first: an address is replaced before the port in it.
        placeholders = new()
        {
            ["{service}"] = service.Authority,
            ["{secure}"] = secure.Authority,
            ["{proxy}"] = proxy.Authority,
            ["{service-by-name}"] = $"localhost:{service.Port}",
            ["{service-port}"] = $"{service.Port}",
            ["{secure-port}"] = $"{secure.Port}",
            ["{ftp-port}"] = $"{ftp.Port}",
            ["{client-certificate}"] = clientCertificate,
            ["{authority}"] = authority.ExportCertificatePem(),
            ["{secure-data}"] = Packed(),
            ["{fingerprint}"] = client.GetCertHashString(HashAlgorithmName.SHA256),
            ["{from}"] = $"{client.NotBefore.ToUniversalTime():yyyy-MM-dd}",
            ["{until}"] = $"{client.NotAfter.ToUniversalTime():yyyy-MM-dd}",
        };
    }

    /// <summary>Plays the flow and gives it back with what was seen.</summary>
    /// <param name="compares">False to go on when the phone says something else than the flow has.</param>
    public static async Task<FlowFile> PlayAsync(FlowFile flow, bool compares = true)
    {
        await using var run = new FlowRun(flow);
        await run.StartAsync();
        var seen = new List<FlowStep>();
        foreach (var step in flow.Steps)
        {
            run.place = $"{flow.Name}, step {seen.Count + 1}, {step.Kind}";
            seen.Add(step with { Text = await run.PlayAsync(step) });
            if (compares && LineDiff.Between(step.Text, seen[^1].Text) is { Length: > 0 } difference)
                Assert.Fail($"{run.place}: - is what the flow has, + what the phone says\n{difference}");
        }

        run.place = $"{flow.Name}, at the end";
        await run.RestAsync();
        return flow with { Steps = seen };
    }

    public async ValueTask DisposeAsync()
    {
        await phone.DisposeAsync();
        foreach (var endPoint in EndPoints)
            endPoint.Dispose();
        ftp.Dispose();
        certificate.Dispose();
        authority.Dispose();
    }

    private async Task StartAsync()
    {
        phone = await SimulatedPhone.StartAsync(
            new PhoneOptions
            {
                Server = new Uri($"https://{service.Authority}"),
                Model = flow.Value("model", "OpenStage 40"),
                Firmware = flow.Value("firmware", "V3 R3.24.0"),
                Mac = "00:1A:E8:00:00:01",
                Address = "127.0.0.1",
                ContactMePort = 0,
                FragmentItems = flow.Head["fragment-items"].Select(int.Parse).Cast<int?>().FirstOrDefault(),
                FragmentBytes = int.Parse(flow.Value("fragment-bytes", "51200"), CultureInfo.InvariantCulture),
                Quirks = [.. flow.Head["quirk"]],
                ServerFromDhcp = flow.Value("dhcp", "true") == "true",
                Items = flow.Head["item"].Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries)).ToDictionary(parts => parts[0], parts => parts[1]),
            },
            clock, null, null);
        placeholders["{contact}"] = phone.ContactMeUri.Authority;
        if (flow.Value("after", "") != "start-up")
            return;
        await AdvanceAsync(Phone.BootTime);
        open = await service.NextAsync();
        await PlayAsync(new FlowStep("service", StartUpAnswer));
        await phone.WhenIdleAsync(CancellationToken.None);
    }

    private async Task<string> PlayAsync(FlowStep step)
    {
        var words = step.Kind.Split(' ', 3);
        switch (words[0])
        {
            case "phone":
                open = await MessageAsync(EndPoint(words.ElementAtOrDefault(1)));
                return Seen(open);
            case "service":
                var request = open ?? throw new InvalidOperationException($"{flow.Name}: there is no message to answer.");
                request.Answer.SetResult(Answer(step.Text, request));
                open = null;
                return step.Text;
            case "drop":
                (open ?? throw new InvalidOperationException($"{place}: there is no message to leave unanswered.")).Answer.SetCanceled();
                open = null;
                return "";
            case "silent":
                await BeSilentAsync(TimeSpan.FromSeconds(int.Parse(words.ElementAtOrDefault(1) ?? "0", CultureInfo.InvariantCulture)));
                return "";
            default:
                // What happens, happens after the answer before it, not beside it.
                if (open is null)
                    await RestAsync();
                return await HappenAsync(words[1], words.ElementAtOrDefault(2) ?? "");
        }
    }

    /// <summary>The next message; a phone that has nothing more to do sends none, which need not be waited for.</summary>
    private async Task<RawRequest> MessageAsync(RawService endPoint)
    {
        using var limit = new CancellationTokenSource(Limit);
        var idle = phone.WhenIdleAsync(limit.Token);
        var message = endPoint.WaitAsync(limit.Token);
        await Task.WhenAny(idle, message);
        var came = !endPoint.IsEmpty;
        await limit.CancelAsync();
        return came ? await endPoint.NextAsync() : throw new AssertionException($"{place}: {(idle.IsCompletedSuccessfully ? "the phone is silent" : "the phone sends nothing here")}.");
    }

    /// <summary>Waits until the phone has nothing to do; a message that the flow does not have is a fault.</summary>
    private async Task RestAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var idle = phone.WhenIdleAsync(limit.Token);
        await Task.WhenAny([idle, .. EndPoints.Select(endPoint => endPoint.WaitAsync(limit.Token))]);
        foreach (var endPoint in EndPoints.Where(endPoint => !endPoint.IsEmpty))
            Assert.Fail($"{place}: the phone sends more than the flow has:\n{Seen(await endPoint.NextAsync())}");
        Assert.That(idle.IsCompletedSuccessfully, $"{place}: the phone comes to no rest");
        await limit.CancelAsync();
    }

    /// <summary>Lets time go by, from timer to timer, in which the phone says nothing.</summary>
    private async Task BeSilentAsync(TimeSpan span)
    {
        await RestAsync();
        for (var end = clock.GetUtcNow() + span; clock.GetUtcNow() < end;)
        {
            clock.Advance((clock.NextDue is { } due && due < end ? due : end) - clock.GetUtcNow());
            await RestAsync();
        }
    }

    private async Task<string> HappenAsync(string what, string detail)
    {
        var values = detail.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (what)
        {
            case "contact-me":
                return await ContactMeAsync(values[0], Filled(values.ElementAtOrDefault(1) ?? ""));
            case "advance":
                await AdvanceAsync(TimeSpan.FromSeconds(int.Parse(detail, CultureInfo.InvariantCulture)));
                return "";
            default:
                await (what switch
                {
                    "call-start" => phone.StartCallAsync(),
                    "call-end" => phone.EndCallAsync(),
                    "restart" => phone.RestartAsync(),
                    "power-off" => phone.PowerOffAsync(),
                    "power-on" => phone.PowerOnAsync(),
                    "key-modules" => phone.PlugKeyModulesAsync(int.Parse(detail, CultureInfo.InvariantCulture)),
                    "pin" => phone.EnterPinAsync(detail),
                    "log-on" => phone.LogOnAsync(values[0], values[1]),
                    "log-off" => phone.LogOffAsync(detail),
                    "local-change" => phone.ChangeLocallyAsync([.. values.Select(Changed)]),
                    _ => throw new InvalidOperationException($"{flow.Name}: event {what} is unknown."),
                });
                return "";
        }
    }

    private static Item Changed(string text)
    {
        var parts = text.Split('=', 2);
        return PhoneModels.TryKey(parts[0], out var key) ? new Item(key.Name, parts[1], key.Index) : throw new FormatException(text);
    }

    private async Task AdvanceAsync(TimeSpan span)
    {
        await RestAsync();
        clock.Advance(span);
    }

    private RawService[] EndPoints => [service, secure, proxy];

    private RawService EndPoint(string? name) => name switch { "secure" => secure, "proxy" => proxy, _ => service };

    private byte[] Answer(string text, RawRequest request)
    {
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = split < 0 ? (text, "") : (text[..split], text[(split + 2)..]);
        var nonce = Nonce().Match(request.Text).Groups[1].Value;
        var content = Encoding.UTF8.GetBytes(Filled(body).Replace("{nonce}", nonce, StringComparison.Ordinal));
        if (head.Contains("Transfer-Encoding: chunked", StringComparison.Ordinal))
            content = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{content.Length:x}\r\n")), .. content, .. "\r\n0\r\n\r\n"u8];
        head = Filled(head).Replace("{length}", content.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return [.. Encoding.Latin1.GetBytes(head.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n"), .. content];
    }

    /// <summary>The request as text: line ends checked, the length checked and named, what differs from run to run named.</summary>
    private string Seen(RawRequest request)
    {
        var lines = request.Head.Split("\r\n");
        Assert.That(lines, Has.None.Contains("\n"), "a header line does not end with CR LF");
        var head = string.Join('\n', lines).TrimEnd('\n').Replace($"Content-Length: {request.Body.Length}", "Content-Length: {length}", StringComparison.Ordinal);
        return Named(request.Body.Length == 0 ? head : $"{head}\n\n{request.Text.TrimEnd('\n')}");
    }

    private string Filled(string text) => placeholders.Aggregate(text, (filled, pair) => filled.Replace(pair.Key, pair.Value, StringComparison.Ordinal));

    private string Named(string text) => placeholders.Where(pair => !pair.Key.EndsWith("port}", StringComparison.Ordinal))
        .Aggregate(text, (named, pair) => named.Replace(pair.Value, pair.Key, StringComparison.Ordinal));

    private async Task<string> ContactMeAsync(string method, string parameters)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, phone.ContactMeUri.Port);
        var body = method == "POST" ? parameters : "";
        var query = method == "GET" && parameters.Length > 0 ? "?" + parameters : "";
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{method} /contact_dls.html/ContactDLS{query} HTTP/1.1\r\nHost: {phone.ContactMeUri.Authority}\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n{body}")));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var lines = (await reader.ReadToEndAsync()).Split("\r\n");
        Assert.That(lines, Has.None.Contains("\n"), "a line of the acknowledgement does not end with CR LF");
        return string.Join('\n', lines).Trim('\n');
    }

    private string Packed() => new SecureModeData
    {
        ClientCertificate = clientCertificate,
        Authorities = [authority.ExportCertificatePem()],
        Port = secure.Port,
    }.Pack("12345678", new byte[28]);

    [GeneratedRegex("nonce=\"([^\"]*)\"")]
    private static partial Regex Nonce();
}
