using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Server.Conversations;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.SecureMode;

/// <summary>Which messages are taken on which port (WPI guide p.64-65).</summary>
public sealed class PortGateTests
{
    private const string OtherMac = "00:1A:E8:00:00:02";

    private SecureLab lab = null!;
    private X509Certificate2? certificate;

    [SetUp]
    public async Task Start()
    {
        lab = await SecureLab.StartAsync();
        certificate = null;
        certificate = await lab.SecureAsync();
    }

    [TearDown]
    public async Task End()
    {
        certificate?.Dispose();
        await lab.DisposeAsync();
    }

    [TestCase("start-up")]
    [TestCase("solicited")]
    [TestCase("local-changes")]
    [TestCase("inventory-changes")]
    [TestCase("status")]
    [TestCase("clean-up")]
    public async Task The_default_port_is_closed_for_a_phone_in_Secure_Mode(string reason)
    {
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadAllItems, NotBefore = lab.Running.Clock.GetUtcNow().AddDays(1) });
        var before = lab.Server.Devices.Get(PhoneTalk.Mac);
        lab.Running.Clock.Advance(TimeSpan.FromSeconds(5));
        var phone = lab.Default();
        AssertForbidden(await phone.PostAsync(phone.Initiating("81", reason, more: """<Item name="dhcp">false</Item>""")));
        Assert.That(phone.Cookie, Is.Empty);
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac), Is.EqualTo(before), "not even last seen");
        Assert.That((await lab.Server.Devices.ItemsAsync(PhoneTalk.Mac)).Single(item => item.Name == "dhcp").Value, Is.EqualTo("true"));
        Assert.That(lab.Server.Jobs.Get(2)!.State.IsFinal(), Is.False);
        Assert.That(lab.Observations.Single(), Has.Property("Mac").EqualTo(PhoneTalk.Mac));
        Assert.That(lab.Observed, Is.EqualTo(new[] { "default-port-closed" }));
    }

    [Test]
    public async Task The_default_port_is_open_for_other_phones()
    {
        var phone = lab.Default(OtherMac);
        Assert.That(await phone.TalkAsync(phone.StartUp("82", changed: true)), Does.Contain("ReadAllItems"));
    }

    [TestCase("start-up", OtherMac)]
    [TestCase("solicited", OtherMac)]
    [TestCase("clean-up", "00-1a-e8-00-00-99")]
    public async Task A_certificate_speaks_for_its_own_phone_only(string reason, string mac)
    {
        await lab.RegisterAsync(OtherMac);
        var before = lab.Server.Devices.Get(OtherMac);
        lab.Running.Clock.Advance(TimeSpan.FromSeconds(5));
        var phone = lab.Secure(certificate, mac);
        AssertForbidden(await phone.PostAsync(phone.Initiating("83", reason)));
        Assert.That(lab.Server.Devices.Get(OtherMac), Is.EqualTo(before));
        Assert.That(lab.Server.Devices.Get("00:1A:E8:00:00:99"), Is.Null);
        Assert.That(lab.Observed, Is.EqualTo(new[] { "secure-port-other-phone" }));
        Assert.That(lab.Observations.Single().Mac, Is.EqualTo(PhoneTalk.Mac), "it is the certificate's phone that did it");
    }

    [Test]
    public async Task A_reply_with_the_cookie_of_another_phone_is_refused_on_the_secure_port()
    {
        using var others = await lab.SecureAsync(OtherMac);
        var one = await ReadingAsync(lab.Secure(certificate));
        var other = lab.Secure(others, OtherMac);
        other.Cookie = one.Cookie;
        AssertForbidden(await other.PostAsync(Value("84", "stolen")));
        Assert.That(lab.Observed, Is.EqualTo(new[] { "secure-port-other-phone" }));
        Assert.That(await one.TalkAsync(Value("85", "own")), Does.Contain("CleanUp"));
        Assert.That(lab.Server.Jobs.List(PhoneTalk.Mac)[0].Results.Single().Value, Is.EqualTo("own"));
    }

    [Test]
    public async Task An_interaction_of_the_secure_port_does_not_go_on_at_the_default_port()
    {
        var phone = await ReadingAsync(lab.Secure(certificate));
        var fallen = lab.Default();
        fallen.Cookie = phone.Cookie;
        AssertForbidden(await fallen.PostAsync(Value("86", "stolen")));
        Assert.That(await fallen.TalkAsync("no message"), Does.Contain("CleanUp"));
        Assert.That(await phone.TalkAsync(Value("87", "own")), Does.Contain("CleanUp"));
        Assert.That(lab.Server.Jobs.List(PhoneTalk.Mac)[0].Results.Single().Value, Is.EqualTo("own"), "nor could it be broken off from there");
    }

    [Test]
    public async Task An_interaction_of_the_default_port_does_not_go_on_at_the_secure_port()
    {
        await lab.RegisterAsync(OtherMac);
        using var given = await lab.GiveAsync(OtherMac);
        var phone = await ReadingAsync(lab.Default(OtherMac), OtherMac);
        var risen = lab.Secure(given, OtherMac);
        risen.Cookie = phone.Cookie;
        AssertForbidden(await risen.PostAsync(Value("88", "too early")));
        Assert.That(lab.Observed, Is.EqualTo(new[] { "interaction-elsewhere" }));
        Assert.That(await phone.TalkAsync(Value("89", "own")), Does.Contain("CleanUp"));
    }

    [Test]
    public async Task A_certificate_that_is_revoked_no_longer_counts_on_a_connection_that_is_open()
    {
#pragma warning disable CA2000, CA5359, CA5399, CA5400 // The server's certificate is looked at elsewhere.
        using var handler = new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 1 };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate!, additionalCertificates: null, offline: true);
        using var http = new HttpClient(handler);
#pragma warning restore CA2000, CA5359, CA5399, CA5400
        var phone = lab.Secure(certificate);
        using (var before = await http.PostAsync(lab.Server.SecureUrl, new StringContent(phone.StartUp("96"))))
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using (await lab.Running.Api.DeleteAsync(new Uri($"/api/secure-mode/certificates/{certificate!.SerialNumber}", UriKind.Relative)))
        using (var after = await http.PostAsync(lab.Server.SecureUrl, new StringContent(phone.StartUp("97"))))
            Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(lab.Observations.Single().Observation, Has.Property("Code").EqualTo("client-certificate").And.Property("Actual").EqualTo("one that was revoked meanwhile"));
    }

    [Test]
    public async Task A_certificate_whose_job_was_cancelled_lets_nobody_in()
    {
        await lab.RegisterAsync(OtherMac);
        using var given = await lab.GiveAsync(OtherMac);
        await lab.Server.Jobs.CancelAsync(lab.Server.Jobs.List(OtherMac)[0].Id);
        var phone = lab.Secure(given, OtherMac);
        AssertForbidden(await phone.PostAsync(phone.StartUp("90")));
        Assert.That(lab.Observed, Is.EqualTo(new[] { "secure-port-unexpected" }));
        Assert.That(lab.Server.Devices.Get(OtherMac)!.SecureMode, Is.Null);
    }

    [Test]
    public async Task A_released_phone_is_at_home_on_the_default_port_again()
    {
        using var answer = await lab.Running.Api.DeleteAsync(new Uri(SecureLab.SecureModePath, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var secure = lab.Secure(certificate);
        Assert.That(await secure.PostAsync(secure.StartUp("91")), Is.Null, "its certificate is revoked");
        var phone = lab.Default();
        Assert.That(await phone.TalkAsync(phone.StartUp("92", changed: true)), Does.Contain("ReadAllItems"));
        using var second = await lab.GiveAsync();
        secure = lab.Secure(second);
        Assert.That(await secure.TalkAsync(secure.StartUp("93")), Does.Contain("CleanUp"), "it can come to Secure Mode again");
    }

    [Test]
    public async Task A_script_does_not_open_the_default_port_either()
    {
        using (lab.Server.Scripts.Take(PhoneTalk.Mac, new Unasked()))
        {
            var phone = lab.Default();
            AssertForbidden(await phone.PostAsync(phone.StartUp("94")));
        }

        Assert.That(lab.Observed, Is.EqualTo(new[] { "default-port-closed" }));
    }

    [Test]
    public async Task Contact_me_names_the_secure_port_to_a_phone_in_Secure_Mode()
    {
        await lab.Running.RestartAsync(options => options with { SecurePort = 0, AdvertisedAddress = "127.0.0.1" });
        using var listener = new ContactListener();
        var phone = lab.Secure(certificate);
        await phone.TalkAsync(phone.Initiating("95", "solicited").Replace("<Item name=\"contact-me-uri\">", $"<Item name=\"contact-me-uri\">{listener.Uri}", StringComparison.Ordinal));
        await lab.Running.PassAsync(TimeSpan.FromHours(1));
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.Contact });
        await lab.Running.PassAsync(TimeSpan.FromSeconds(1));
        Assert.That(await listener.NextAsync(), Does.Contain($"dls_ip_port={lab.Server.SecureUrl!.Port}"));
    }

    /// <summary>Brings a phone to the point where it is asked for an item.</summary>
    private async Task<TlsPhone> ReadingAsync(TlsPhone phone, string mac = PhoneTalk.Mac)
    {
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = mac, Kind = JobKind.ReadItems, Items = [new("e164")] });
        Assert.That(await phone.TalkAsync(phone.Initiating("80", "solicited")), Does.Contain("ReadItems"));
        return phone;
    }

    private static string Value(string nonce, string value) =>
        TlsPhone.Reply(nonce, "ReadItems", $"""<ItemList><Item name="e164">{value}</Item></ItemList>""");

    private static void AssertForbidden(string? answer)
    {
        Assert.That(answer, Does.StartWith("HTTP/1.1 403 Forbidden\r\n").And.Contain("\r\nConnection: close\r\n"));
        Assert.That(answer, Does.Not.Contain("Set-Cookie"));
    }

    private sealed class Unasked : IConversation
    {
        public ValueTask<ScriptedAnswer> AnswerAsync(ScriptedRequest request, CancellationToken cancellation) =>
            throw new InvalidOperationException("The script was asked.");
    }
}
