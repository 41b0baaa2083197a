using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Conversations;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.PhoneEndpoint;

/// <summary>WPI guide p.12-14, p.28, p.34, and what the field sends.</summary>
public sealed class PhoneHttpTests
{
    private RunningServer lab = null!;
    private TestPhone phone = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        phone = new TestPhone(lab.Server.PhoneUrl);
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task An_answer_has_status_length_type_and_the_cookie_of_the_genuine_service()
    {
        var text = await RawAsync(Head(phone.Initiating("start-up", true)));
        Assert.That(text, Does.StartWith("HTTP/1.1 200 OK\r\n"));
        Assert.That(text, Does.Contain("Content-Type: text/xml; charset=UTF-8\r\n"));
        Assert.That(text, Does.Match("Set-Cookie: JSESSIONID=[0-9A-F]{32}; Path=/DeploymentService; Secure\r\n"));
        Assert.That(text, Does.Not.Contain("Transfer-Encoding"));
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.That(text, Does.Contain($"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n"));
    }

    [Test]
    public async Task The_cookie_of_another_path_is_limited_to_that_path()
    {
        await phone.PostAsync(Encoding.UTF8.GetBytes(phone.Initiating("start-up", true)), "/provisioningService");
        Assert.That(phone.Last.Headers.GetValues("Set-Cookie").Single(), Does.EndWith("; Path=/provisioningService; Secure"));
    }

    [Test]
    public async Task A_reply_is_known_by_its_cookie_among_attributes_that_the_phone_returns_as_cookies()
    {
        await phone.StartUpAsync(true);
        phone.Cookie = $"path=/DeploymentService; {phone.Cookie}; Secure; $Version=1";
        await phone.ReplyAsync("ReadAllItems", "accepted", """<Item name="dhcp">true</Item>""");
        Assert.That((await lab.Server.Devices.ItemsAsync(PhoneTalk.Mac)).Select(item => item.Name), Does.Contain("dhcp"));
    }

    [TestCase("")]
    [TestCase("JSESSIONID=0123456789ABCDEF0123456789ABCDEF")]
    public async Task A_reply_without_a_known_cookie_is_ended_and_nothing_is_written(string cookie)
    {
        await phone.StartUpAsync(true);
        phone.Cookie = cookie;
        var answer = await phone.ReplyAsync("ReadAllItems", "accepted", """<Item name="mac-addr">00:1A:E8:00:00:01</Item><Item name="dhcp">true</Item>""");
        Assert.That(answer.Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That((await lab.Server.Devices.ItemsAsync(PhoneTalk.Mac)).Select(item => item.Name), Does.Not.Contain("dhcp"));
        Assert.That(lab.Server.Observations.All.Select(seen => seen.Observation.Code), Does.Contain("reply-without-session"));
    }

    [Test]
    public async Task An_initiating_message_without_a_mac_address_is_ended()
    {
        var answer = await phone.SendAsync("""<WorkpointMessage xmlns="http://www.siemens.com/DLS"><Message nonce="A"><ReasonForContact>start-up</ReasonForContact><ItemList/></Message></WorkpointMessage>""");
        Assert.That(answer, Has.Property("Action").EqualTo(ServerAction.CleanUp).And.Property("Nonce").EqualTo("A"));
        Assert.That(lab.Server.Observations.All.Select(seen => seen.Observation.Code), Does.Contain("mac-addr-missing"));
    }

    [Test]
    public async Task Other_paths_and_methods_are_refused()
    {
        await phone.PostAsync([1], "/etc/passwd");
        Assert.That(phone.Last.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await RawAsync("GET /DeploymentService/LoginService HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
            Does.StartWith("HTTP/1.1 405").And.Contain("Allow: POST"));
    }

    private static readonly string[] BadBodies =
    [
        "", "no xml at all", "<WorkpointMessage><Message nonce=\"AB12\">", "<other/>",
        "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;\">]><WorkpointMessage><Message nonce=\"AB12\">&c;</Message></WorkpointMessage>",
        string.Concat(Enumerable.Repeat("<a>", 20_000)), $"<WorkpointMessage>{new string('x', 60_000)}</WorkpointMessage>", "\0\u0001\u0002",
    ];

    [TestCaseSource(nameof(BadBodies))]
    public async Task A_body_that_is_no_message_is_observed_and_no_job_is_lost(string body)
    {
        await phone.RegisterAsync();
        var job = await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] });
        await phone.SolicitedAsync();
        var answer = await phone.SendAsync(body);
        Assert.That(answer.Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(answer.Nonce, Is.EqualTo(body.Contains("AB12", StringComparison.Ordinal) ? "AB12" : ""));
        Assert.That(lab.Server.Observations.All.Select(seen => seen.Observation.Code), Does.Contain("malformed-message"));
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State.IsFinal(), Is.False);

        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        await phone.ReplyAsync("ReadItems", "accepted", """<Item name="e164">1</Item>""");
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public async Task A_body_over_one_megabyte_is_refused_and_the_connection_closed()
    {
        var begun = Stopwatch.GetTimestamp();
        Assert.That(await RawAsync("POST /DeploymentService/LoginService HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n"),
            Does.StartWith("HTTP/1.1 413").And.Contain("Connection: close").And.EndWith("The message is too large.\n"));
        Assert.That(Stopwatch.GetElapsedTime(begun), Is.LessThan(TimeSpan.FromSeconds(4)), "it waits for no body");
        Assert.That((await phone.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
    }

    [Test]
    public async Task A_body_in_chunks_that_grows_over_one_megabyte_is_refused_as_well()
    {
        var chunk = $"10000\r\n{new string('x', 0x10000)}\r\n";
        var text = await RawAsync($"POST /DeploymentService/LoginService HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{string.Concat(Enumerable.Repeat(chunk, 16))}1\r\nx\r\n");
        Assert.That(text, Does.StartWith("HTTP/1.1 413").And.Contain("Connection: close").And.EndWith("The message is too large.\n"));
    }

    [Test]
    public async Task Every_exchange_reaches_the_log_with_its_bytes()
    {
        var message = phone.Initiating("start-up", true);
        await phone.SendAsync(message);
        var exchange = lab.Exchanges.All.Single();
        Assert.That(exchange.RequestBody.ToArray(), Is.EqualTo(Encoding.UTF8.GetBytes(message)));
        Assert.That(exchange, Has.Property("Mac").EqualTo(PhoneTalk.Mac).And.Property("Status").EqualTo(200).And.Property("Method").EqualTo("POST"));
        Assert.That(exchange.ResponseHeaders.Select(header => header.Name), Does.Contain("Set-Cookie"));
        Assert.That(exchange.TlsVersion, Does.StartWith("Tls1"));
    }

    [Test]
    public async Task A_script_answers_in_place_of_the_server()
    {
        using (lab.Server.Scripts.Take("00-1a-e8-00-00-01", new Echo()))
        {
            var first = Encoding.UTF8.GetString(await phone.PostAsync(Encoding.UTF8.GetBytes(phone.Initiating("solicited", false))));
            Assert.That(first, Is.EqualTo("Solicited new"));
            Assert.That(Encoding.UTF8.GetString(await phone.PostAsync("garbage"u8.ToArray())), Is.EqualTo("none old"));
        }

        Assert.That((await phone.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
    }

    private static string Head(string body) =>
        $"POST /DeploymentService/LoginService HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}";

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, lab.Server.PhoneUrl.Port);
#pragma warning disable CA5359 // Phones accept any certificate (p.12).
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var answer = new MemoryStream();
        await tls.CopyToAsync(answer, RunningServer.Patience());
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private sealed class Echo : IConversation
    {
        public ValueTask<ScriptedAnswer> AnswerAsync(ScriptedRequest request, CancellationToken cancellation) => ValueTask.FromResult(
            new ScriptedAnswer(200, Encoding.UTF8.GetBytes($"{request.Message?.Reason.ToString() ?? "none"} {(request.NewSession ? "new" : "old")}")));
    }
}
