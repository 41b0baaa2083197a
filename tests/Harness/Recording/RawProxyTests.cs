using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Recording;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Tests.Recording;

/// <summary>The proxy between a phone and a service that are bytes only: neither may see that it is there.</summary>
[TestFixture]
[CancelAfter(30_000)]
public sealed class RawProxyTests
{
    private const string Answer = "HTTP/1.1 200 fine\r\nsERVER: odd\r\nContent-length: 4\r\ncontent-TYPE: text/xml\r\n\r\n<a/>";

    [Test]
    public async Task Both_sides_see_the_headers_of_the_other_in_their_order_and_spelling(CancellationToken cancellation)
    {
        await using var service = new ScriptedService(Answer);
        await using var proxy = Start(service);
        var came = await AskAsync(proxy, "POST /path?x=1 HTTP/1.1\r\nx-FIRST: 1\r\nhOST: phone\r\ncOOKIE: a=b; path=/\r\ncontent-length: 2\r\n\r\nab", cancellation);
        Assert.That(came, Is.EqualTo(Answer));
        Assert.That(service.Requests.Single(), Is.EqualTo($"POST /path?x=1 HTTP/1.1\r\nx-FIRST: 1\r\nhOST: {service.Url.Authority}\r\ncOOKIE: a=b; path=/\r\ncontent-length: 2\r\n\r\nab"));
    }

    [Test]
    public async Task A_service_that_sends_chunks_is_seen_to_do_so(CancellationToken cancellation)
    {
        await using var service = new ScriptedService("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n<a\r\n2\r\n/>\r\n0\r\n\r\n");
        var seen = new List<HttpExchange>();
        await using var proxy = Start(service, seen.Add);
        var came = await AskAsync(proxy, "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", cancellation);
        Assert.That(came, Is.EqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<a/>\r\n0\r\n\r\n"));
        Assert.That(Encoding.Latin1.GetString(seen.Single().ResponseBody.Span), Is.EqualTo("<a/>"));
    }

    [Test]
    public async Task A_service_that_hangs_up_between_messages_is_called_again_and_asked_each_once(CancellationToken cancellation)
    {
        await using var service = new ScriptedService(Answer.Replace("sERVER: odd", "Connection: keep-alive", StringComparison.Ordinal), Answer, Answer.Replace("sERVER: odd", "Connection: close", StringComparison.Ordinal));
        await using var proxy = Start(service);
        await using var phone = await ConnectAsync(proxy, cancellation);
        for (var number = 1; number <= 3; number++)
        {
            await phone.WriteAsync(Encoding.Latin1.GetBytes($"POST /{number} HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), cancellation);
            Assert.That((await HttpSide.ReadAnswerAsync(phone, cancellation))!.Word(1), Is.EqualTo("200"));
        }

        Assert.That(await HttpSide.ReadAnswerAsync(phone, cancellation), Is.Null, "the service closed, so the proxy does");
        Assert.That(service.Requests.Select(request => request.Split(' ')[1]), Is.EqualTo(new[] { "/1", "/2", "/3" }));
        Assert.That(service.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task A_message_on_a_connection_that_has_gone_stale_is_sent_on_a_new_one(CancellationToken cancellation)
    {
        await using var service = new ScriptedService(Answer, "", Answer);
        await using var proxy = Start(service);
        await using var phone = await ConnectAsync(proxy, cancellation);
        for (var number = 1; number <= 2; number++)
        {
            await phone.WriteAsync(Encoding.Latin1.GetBytes($"POST /{number} HTTP/1.1\r\nContent-Length: 0\r\n\r\n"), cancellation);
            Assert.That((await HttpSide.ReadAnswerAsync(phone, cancellation))!.Word(1), Is.EqualTo("200"));
        }

        Assert.That(service.Connections, Is.EqualTo(2));
    }

    [Test]
    public async Task A_service_that_does_not_answer_is_recorded_as_such(CancellationToken cancellation)
    {
        await using var service = new ScriptedService("");
        var seen = new List<HttpExchange>();
        await using var proxy = Start(service, seen.Add);
        Assert.That(await AskAsync(proxy, "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", cancellation), Is.Empty);
        Assert.That((seen.Single().Status, service.Requests.Count), Is.EqualTo(((int?)null, 1)));
    }

    [TestCase("<Item name=\"contact-me-uri\"/><Item name=\"a\">b</Item>", null)]
    [TestCase("<Item name=\"contact-me-uri\"></Item>", "<Item name=\"contact-me-uri\">PROXY</Item>")]
    [TestCase("<Item index='1' name='contact-me-uri' >\n http://10.1.2.3:8085/x \n</Item>", "<Item index='1' name='contact-me-uri' >PROXY</Item>")]
    public async Task Only_the_value_of_contact_me_uri_is_another(string item, string? expected, CancellationToken cancellation)
    {
        await using var service = new ScriptedService(Answer);
        await using var proxy = Start(service);
        await AskAsync(proxy, $"POST / HTTP/1.1\r\nContent-Length: {item.Length}\r\n\r\n{item}", cancellation);
        Assert.That(service.Requests.Single().Split("\r\n\r\n")[1], Is.EqualTo((expected ?? item).Replace("PROXY", proxy.ContactMeUri.ToString(), StringComparison.Ordinal)));
    }

    [Test]
    public async Task Times_are_those_of_the_clock(CancellationToken cancellation)
    {
        var clock = new ManualClock();
        await using var service = new ScriptedService(Answer);
        var seen = new List<HttpExchange>();
        await using var proxy = RecordingProxy.Start(Options(service), clock, seen.Add);
        clock.Advance(TimeSpan.FromSeconds(7));
        await AskAsync(proxy, "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", cancellation);
        Assert.That((seen.Single().Offset, seen.Single().Duration), Is.EqualTo((TimeSpan.FromSeconds(7), TimeSpan.Zero)));
    }

    [TestCase("0.0.0.0")]
    [TestCase("::")]
    public void An_address_that_nobody_can_call_is_refused(string address)
    {
        var options = new RecordingOptions { Server = new Uri("https://127.0.0.1:1"), Listen = new IPEndPoint(IPAddress.Loopback, 0), ContactListen = new IPEndPoint(IPAddress.Parse(address), 0) };
        Assert.That(() => RecordingProxy.Start(options, new ManualClock()), Throws.TypeOf<IOException>().With.Message.StartsWith("--contact-listen '").And.Message.Contains("allowed is one address of this machine"));
    }

    private static RecordingProxy Start(ScriptedService service, Action<HttpExchange>? seen = null) => RecordingProxy.Start(Options(service), new ManualClock(), seen);

    private static RecordingOptions Options(ScriptedService service) =>
        new() { Server = service.Url, Listen = new IPEndPoint(IPAddress.Loopback, 0), ContactListen = new IPEndPoint(IPAddress.Loopback, 0) };

    private static async Task<SslStream> ConnectAsync(RecordingProxy proxy, CancellationToken cancellation)
    {
        var client = new TcpClient();
        await client.ConnectAsync(proxy.Url.Host, proxy.Url.Port, cancellation);
#pragma warning disable CA5359 // A phone in Default Mode takes any certificate (WPI guide p.12).
        var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, static (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, cancellation);
        return tls;
    }

    /// <summary>What comes back for a request, byte for byte, until the proxy has no more to say.</summary>
    private static async Task<string> AskAsync(RecordingProxy proxy, string request, CancellationToken cancellation)
    {
        await using var phone = await ConnectAsync(proxy, cancellation);
        await phone.WriteAsync(Encoding.Latin1.GetBytes(request), cancellation);
        await phone.ShutdownAsync();
        using var all = new MemoryStream();
        await phone.CopyToAsync(all, cancellation);
        return Encoding.Latin1.GetString(all.ToArray());
    }
}
