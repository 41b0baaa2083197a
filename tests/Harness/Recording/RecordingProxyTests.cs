using System.Net;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Recording;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;
using OpenStage.Server;
using OpenStage.Server.Jobs;
using OpenStage.Simulator;

namespace OpenStage.Harness.Tests.Recording;

[TestFixture]
public sealed class RecordingProxyTests
{
    private const string Mac = "00:1A:E8:00:00:01";

    private readonly ManualClock clock = new();
    private DirectoryInfo folder = null!;
    private ProvisioningServer server = null!;
    private RecordingProxy proxy = null!;
    private SimulatedPhone phone = null!;
    private ExchangeList ofPhone = null!;
    private ExchangeList ofServer = null!;

    [SetUp]
    public async Task StartAsync()
    {
        folder = Directory.CreateTempSubdirectory("openstage-recording-");
        (ofPhone, ofServer) = (new ExchangeList(), new ExchangeList());
        server = await ProvisioningServer.StartAsync(
            new ServerOptions { DataFolder = folder.FullName, ListenAddress = IPAddress.Loopback, PhonePort = 0, SecurePort = null, AdminPort = 0 }, clock, null, [ofServer], CancellationToken.None);
        proxy = RecordingProxy.Start(
            new RecordingOptions { Server = server.PhoneUrl, Listen = new IPEndPoint(IPAddress.Loopback, 0), ContactListen = new IPEndPoint(IPAddress.Loopback, 0) }, clock);
        phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = proxy.Url, Model = "OpenStage 40", Mac = Mac, Address = "127.0.0.1", ContactMePort = 0, Quirks = ["cookie-with-attributes"] }, clock, ofPhone, null);
        await RestAsync();
        clock.Advance(TimeSpan.FromSeconds(20));
        await RestAsync();
    }

    [TearDown]
    public async Task EndAsync()
    {
        await phone.DisposeAsync();
        await proxy.DisposeAsync();
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Test]
    public void The_recording_has_what_the_phone_said_with_its_headers_as_they_were()
    {
        var recording = proxy.Recording!;
        var sent = ofPhone.All.Where(exchange => exchange.Kind == ExchangeKind.Message).ToList();

        Assert.That((recording.Device.Mac, recording.Device.Model, recording.Device.Firmware), Is.EqualTo((Mac, "OpenStage 40", "V3 R5.12.0")));
        Assert.That(recording.Exchanges.Select(exchange => exchange.Request.Text), Is.EqualTo(sent.Select(exchange => System.Text.Encoding.UTF8.GetString(TranscriptMask.Mask(exchange.RequestBody)))));
        Assert.That(recording.Exchanges[0].RequestHeaders.Select(header => header.Name), Is.EqualTo(new[] { "Host", "Content-Type", "Content-Length" }));
        Assert.That(recording.Items, Has.Count.GreaterThan(300));
        Assert.That(recording.Items.First(item => item.Name == "mac-addr").Value, Is.EqualTo(Mac));
    }

    [Test]
    public void The_service_sees_the_contact_me_address_of_the_proxy_and_the_recording_that_of_the_phone()
    {
        Assert.That(System.Text.Encoding.UTF8.GetString(ofServer.All[0].RequestBody.Span), Does.Contain(proxy.ContactMeUri.ToString()).And.Not.Contain(phone.ContactMeUri.ToString()));
        Assert.That(proxy.Recording!.Exchanges[0].Request.Text, Does.Contain(phone.ContactMeUri.ToString()));
    }

    [Test]
    public async Task A_contact_me_goes_through_to_the_phone_and_is_recorded()
    {
        await server.Jobs.CreateAsync(new JobRequest { Mac = Mac, Kind = JobKind.WriteItems, Items = [new Item("sntp-addr", "ntp.example.net")] });
        for (var second = 0; second < 5; second++)
        {
            await RestAsync();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await RestAsync();

        var contact = proxy.Recording!.Exchanges.Single(exchange => exchange.Kind == ExchangeKind.ContactMe);
        Assert.That((contact.Status, contact.ResponseHeaders.First(header => header.Name == "Server").Value), Is.EqualTo((204, "DlsClient")));
        Assert.That(await phone.GetItemsAsync(), Has.Member(new Item("sntp-addr", "ntp.example.net")));
    }

    [Test]
    public async Task Secrets_and_cookies_are_masked_and_the_habit_with_cookies_still_shows()
    {
        await phone.ChangeLocallyAsync([new Item("user-pwd", "geheim")]);
        await RestAsync();
        var file = RecordingFile.Write(proxy.Recording!);
        var cookie = ofServer.All.SelectMany(exchange => exchange.ResponseHeaders).First(header => header.Name == "Set-Cookie").Value.Split(';')[0].Split('=')[1];

        Assert.That(file, Does.Contain("local-changes").And.Not.Contain("geheim").And.Not.Contain(cookie));
        Assert.That(file, Does.Contain("JSESSIONID=COOKIE-1; Path=/DeploymentService"));
    }

    [Test]
    public void A_recording_reads_back_as_it_was_written()
    {
        var text = RecordingFile.Write(proxy.Recording!);
        Assert.That(RecordingFile.Write(RecordingFile.Parse("x.json", text)), Is.EqualTo(text));
    }

    [Test]
    public void A_port_in_use_is_named() => Assert.That(
        () => RecordingProxy.Start(new RecordingOptions { Server = server.PhoneUrl, Listen = new IPEndPoint(IPAddress.Loopback, proxy.Url.Port) }, clock),
        Throws.TypeOf<IOException>().With.Message.Contains($"--listen 127.0.0.1:{proxy.Url.Port}"));

    private async Task RestAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await phone.WhenIdleAsync(limit.Token);
        await server.WhenIdleAsync(limit.Token);
        await phone.WhenIdleAsync(limit.Token);
    }

    private sealed class ExchangeList : IExchangeLog
    {
        private readonly Lock gate = new();
        private readonly List<HttpExchange> all = [];

        public IReadOnlyList<HttpExchange> All
        {
            get
            {
                lock (gate)
                    return [.. all];
            }
        }

        public void Add(HttpExchange exchange)
        {
            lock (gate)
                all.Add(exchange);
        }
    }
}
