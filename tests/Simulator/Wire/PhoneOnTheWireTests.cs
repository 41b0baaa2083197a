using System.Security;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Wire;

[TestFixture]
public sealed class PhoneOnTheWireTests
{
    private readonly ManualClock clock = new();
    private X509Certificate2 authority = null!;
    private X509Certificate2 server = null!;

    [OneTimeSetUp]
    public void MakeCertificates()
    {
        authority = TestCertificates.SelfSigned("CN=authority");
        server = TestCertificates.SignedBy(authority, "CN=server", 1);
    }

    [OneTimeTearDown]
    public void Forget()
    {
        authority.Dispose();
        server.Dispose();
    }

    [Test]
    public async Task After_bootstrapping_the_phone_shows_its_certificate_on_the_secure_port()
    {
        await using var secure = await RecordingService.StartAsync(server, authority);
        await using var service = await RecordingService.StartAsync(server);
        service.Answers.Enqueue(Bootstrap(authority, secure.Url.Port));
        await using var phone = await BootAsync(service);

        await phone.WhenIdleAsync(CancellationToken.None);

        Assert.That(service.Requests.Select(request => Reason(request.Body)), Is.EqualTo(new[] { "start-up", "reply-to" }));
        Assert.That(secure.Requests.Select(request => (Reason(request.Body), request.Client)), Is.EqualTo(new[] { ("start-up", "CN=phone") }));
    }

    [Test]
    public async Task In_Secure_Mode_the_phone_does_not_talk_to_a_service_of_another_authority()
    {
        using var stranger = TestCertificates.SelfSigned("CN=stranger");
        await using var secure = await RecordingService.StartAsync(server, authority);
        await using var service = await RecordingService.StartAsync(server);
        service.Answers.Enqueue(Bootstrap(stranger, secure.Url.Port));
        await using var phone = await BootAsync(service);

        await phone.WhenIdleAsync(CancellationToken.None);

        Assert.That(secure.Requests, Is.Empty);
        Assert.That((await phone.GetStateAsync()).SecureMode);
    }

    [Test]
    public async Task A_poll_goes_out_as_GET_and_202_brings_a_solicited_contact()
    {
        await using var proxy = await RecordingService.StartAsync(null);
        await using var service = await RecordingService.StartAsync(server);
        service.Answers.Enqueue(Write(("dcmp-url", $"{proxy.Url}dcmp/"), ("dcmp-interval", "30")));
        await using var phone = await BootAsync(service);
        clock.Advance(TimeSpan.FromSeconds(31));
        await phone.WhenIdleAsync(CancellationToken.None);
        Assert.That(proxy.Requests.Select(request => (request.Method, request.Target)), Is.EqualTo(new[] { ("GET", "/dcmp/contact-me?device-id=00:1A:E8:00:00:01") }));
        Assert.That(service.Requests, Has.Count.EqualTo(2));

        proxy.PollStatus = 202;
        clock.Advance(TimeSpan.FromSeconds(31));
        await phone.WhenIdleAsync(CancellationToken.None);
        Assert.That(Reason(service.Requests.Last().Body), Is.EqualTo("solicited"));
    }

    [Test]
    public async Task Messages_of_an_interaction_share_a_connection_unless_a_quirk_closes_it()
    {
        Assert.That(await ConnectionsAsync(), Is.EqualTo(1));
        Assert.That(await ConnectionsAsync("connection-close"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_slow_phone_delivers_the_same_bytes()
    {
        await using var service = await RecordingService.StartAsync(server);
        await using var phone = await BootAsync(service, "slow-bytes");
        Assert.That(Reason(service.Requests.Single().Body), Is.EqualTo("start-up"));
    }

    [Test]
    public async Task A_POST_cut_in_the_middle_never_arrives_and_is_tried_again()
    {
        await using var service = await RecordingService.StartAsync(server);
        await using var phone = await BootAsync(service, "connection-cut@1");
        Assert.That(service.Requests.Select(request => request.Body.Length), Is.All.Zero.Or.Empty);

        // The machine tries the same POST again, cut again: the quirk sits in the message.
        clock.Advance(TimeSpan.FromSeconds(3));
        await phone.WhenIdleAsync(CancellationToken.None);
        Assert.That((await phone.GetStateAsync()).InInteraction);
    }

    [Test]
    public async Task A_POST_sent_twice_arrives_twice_and_its_first_answer_counts()
    {
        await using var service = await RecordingService.StartAsync(server);
        await using var phone = await BootAsync(service, "post-twice");
        Assert.That(service.Requests.Select(request => request.Body).Distinct().Count(), Is.EqualTo(1));
        Assert.That(service.Requests, Has.Count.EqualTo(2));
        Assert.That((await phone.GetStateAsync()).InInteraction, Is.False);
    }

    [Test]
    public async Task A_byte_order_mark_and_UTF_16_go_out_as_bytes()
    {
        await using var service = await RecordingService.StartAsync(server);
        await using var phone = await BootAsync(service, "utf-16-body");
        Assert.That(service.Requests.First().Body, Does.Contain("<\0"));
    }

    private async Task<int> ConnectionsAsync(params string[] quirks)
    {
        await using var service = await RecordingService.StartAsync(server);
        service.Answers.Enqueue(Write(("dhcp", "true")));
        await using var phone = await BootAsync(service, quirks);
        Assert.That(service.Requests, Has.Count.EqualTo(2));
        return service.Requests.Select(request => request.Connection).Distinct().Count();
    }

    private async Task<SimulatedPhone> BootAsync(RecordingService service, params string[] quirks)
    {
        var phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = service.Url, Model = "OpenStage 40", Mac = "00:1A:E8:00:00:01", Address = "127.0.0.1", ContactMePort = 0, Quirks = quirks },
            clock, null, null);
        await phone.WhenIdleAsync(CancellationToken.None);
        clock.Advance(Phone.BootTime);
        await phone.WhenIdleAsync(CancellationToken.None);
        return phone;
    }

    private static string Bootstrap(X509Certificate2 trusted, int port)
    {
        using var signer = TestCertificates.SelfSigned("CN=authority");
        using var client = TestCertificates.SignedBy(signer, "CN=phone", 2);
        return Write(
            ("goto-secure-mode", "nopin"), ("dls-client-certificate", Convert.ToBase64String(client.Export(X509ContentType.Pkcs12, ""))),
            ("dls-server-ca\" index=\"0", trusted.ExportCertificatePem()), ("dls-secure-port", $"{port}"));
    }

    private static string Write(params (string Name, string Value)[] items) =>
        "<DLSMessage><Message nonce=\"1\"><Action>WriteItems</Action><ItemList>"
        + string.Concat(items.Select(item => $"<Item name=\"{item.Name}\">{SecurityElement.Escape(item.Value)}</Item>"))
        + "</ItemList></Message></DLSMessage>";

    private static string Reason(string body)
    {
        var start = body.IndexOf("<ReasonForContact", StringComparison.Ordinal);
        start = body.IndexOf('>', start) + 1;
        return body[start..body.IndexOf('<', start)];
    }
}
