using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Tests.SecureMode;

/// <summary>Whom the secure port lets in, and what it shows (WPI guide p.12, p.62).</summary>
public sealed class SecurePortTests
{
    private SecureLab lab = null!;

    [SetUp]
    public async Task Start() => lab = await SecureLab.StartNewAsync();

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task A_phone_in_Secure_Mode_is_let_in_time_and_again()
    {
        using var certificate = await lab.SecureAsync();
        var phone = lab.Secure(certificate);
        Assert.That(await phone.PostAsync(phone.StartUp("21")), Does.StartWith("HTTP/1.1 200 OK"));
        Assert.That(await phone.PostAsync(phone.StartUp("22")), Does.StartWith("HTTP/1.1 200 OK"));
        Assert.That(lab.Observations, Is.Empty);
    }

    [Test]
    public async Task Nobody_is_let_in_without_a_certificate()
    {
        using var certificate = await lab.SecureAsync();
        await AssertShutOutAsync(null);
        Assert.That(lab.Observations[^1].Observation.Actual, Is.EqualTo("none"));
    }

    [Test]
    public async Task A_certificate_of_another_authority_is_refused_even_one_of_the_same_name()
    {
        using var known = await lab.SecureAsync();
        using var ours = X509CertificateLoader.LoadCertificate(lab.Server.Authority.Current().Certificate);
        var stranger = CertificateMaker.Authority(1, ours.GetNameInfo(X509NameType.SimpleName, false), lab.Running.Clock.GetUtcNow());
        var (_, pkcs12) = CertificateMaker.Client(stranger, PhoneTalk.Mac, lab.Running.Clock.GetUtcNow(), TimeSpan.FromDays(30));
        using var forged = X509CertificateLoader.LoadPkcs12(pkcs12, "", X509KeyStorageFlags.Exportable);
        Assert.That(forged.Issuer, Is.EqualTo(known.Issuer));
        await AssertShutOutAsync(forged);
    }

    [Test]
    public async Task A_self_made_certificate_is_refused()
    {
        using var known = await lab.SecureAsync();
        using var key = RSA.Create(2048);
        var now = lab.Running.Clock.GetUtcNow();
        using var made = new CertificateRequest($"CN={PhoneTalk.Mac}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var loaded = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
        await AssertShutOutAsync(loaded);
    }

    [Test]
    public async Task A_certificate_of_our_authority_that_was_never_stored_is_refused()
    {
        using var known = await lab.SecureAsync();
        using var unknown = X509CertificateLoader.LoadPkcs12(lab.Server.Authority.Issue(PhoneTalk.Mac).Pkcs12, "", X509KeyStorageFlags.Exportable);
        await AssertShutOutAsync(unknown);
    }

    [Test]
    public async Task A_revoked_certificate_is_refused()
    {
        using var certificate = await lab.SecureAsync();
        using var answer = await lab.Running.Api.DeleteAsync(new Uri($"/api/secure-mode/certificates/{certificate.SerialNumber}", UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await AssertShutOutAsync(certificate);
        var phone = lab.Default();
        Assert.That(await phone.PostAsync(phone.StartUp("33")), Does.StartWith("HTTP/1.1 403"), "nor may it fall back");
    }

    [Test]
    public async Task An_expired_certificate_is_refused()
    {
        using var certificate = await lab.SecureAsync();
        lab.Running.Clock.Advance(TimeSpan.FromDays(3651));
        var phone = lab.Secure(certificate);
        Assert.That(await phone.PostAsync(phone.StartUp("41")), Does.StartWith("HTTP/1.1 200 OK"));
        lab.Running.Clock.Advance(TimeSpan.FromDays(2));
        await AssertShutOutAsync(certificate);
    }

    [Test]
    public async Task The_port_shows_a_certificate_for_the_addresses_that_phones_call()
    {
        await lab.Running.RestartAsync(options => options with { SecurePort = 0, AdvertisedAddress = "phones.example.net" });
        var phone = lab.Secure(null);
        await phone.PostAsync(phone.StartUp("51"));
        var names = phone.Shown!.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.That(names.EnumerateDnsNames(), Is.EquivalentTo(new[] { "phones.example.net", "localhost" }));
        Assert.That(names.EnumerateIPAddresses(), Is.EqualTo(new[] { IPAddress.Loopback }));
    }

    [Test]
    public async Task The_port_shows_a_new_certificate_before_the_old_one_ends()
    {
        var phone = lab.Secure(null);
        await phone.PostAsync(phone.StartUp("61"));
        var first = phone.Shown!;
        await phone.PostAsync(phone.StartUp("62"));
        Assert.That(phone.Shown!.SerialNumber, Is.EqualTo(first.SerialNumber));
        lab.Running.Clock.Advance(TimeSpan.FromDays(5 * 365 - 30));
        await phone.PostAsync(phone.StartUp("63"));
        Assert.That(phone.Shown!.SerialNumber, Is.Not.EqualTo(first.SerialNumber));
        Assert.That(phone.Shown.NotAfter, Is.GreaterThan(first.NotAfter));
        Assert.That(lab.Leads(phone.Shown, lab.Server.Authority.ExportPem()), Is.True);
    }

    [Test]
    public async Task Authority_certificates_and_phones_are_the_same_after_a_restart()
    {
        using var certificate = await lab.SecureAsync();
        var authority = lab.Server.Authority.ExportPem();
        await lab.Running.RestartAsync(options => options with { SecurePort = 0 });
        Assert.That(await lab.Running.Api.GetStringAsync("/api/secure-mode/authority"), Is.EqualTo(authority));
        var phone = lab.Secure(certificate);
        Assert.That(await phone.PostAsync(phone.StartUp("71")), Does.StartWith("HTTP/1.1 200 OK"));
        Assert.That(lab.Leads(phone.Shown!, authority), Is.True);
    }

    [Test]
    public async Task A_server_without_secure_port_has_none()
    {
        await lab.Running.RestartAsync(options => options with { SecurePort = null });
        Assert.That(lab.Server.SecureUrl, Is.Null);
        Assert.That(async () => await lab.BeginAsync(new { pin = false }), Throws.InvalidOperationException.With.Message.Contains("securePort"));
        Assert.That(lab.Server.Authority.Trusted, Is.Empty, "no authority is made for nothing");
    }

    [TestCase(65536, 0, "SecurePort '65536': allowed is 0 to 65535.")]
    [TestCase(20001, 20001, "SecurePort '20001': allowed is another port than PhonePort.")]
    public void A_port_that_cannot_be_is_refused(int port, int phonePort, string why) => Assert.That(
        () => ServerOptionsCheck.Check(new ServerOptions { SecurePort = port, PhonePort = phonePort }),
        Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(why));

    [TestCase(0.5)]
    [TestCase(7306)]
    public void A_lifetime_that_cannot_be_is_refused(double days) => Assert.That(
        () => ServerOptionsCheck.Check(new ServerOptions { ClientCertificateLifetime = TimeSpan.FromDays(days) }),
        Throws.InstanceOf<ArgumentException>().With.Message.Contains("ClientCertificateLifetime").And.Message.Contains("86400 s to 631152000 s"));

    [Test]
    public async Task The_lifetime_of_certificates_can_be_chosen()
    {
        await lab.Running.RestartAsync(options => options with { SecurePort = 0, ClientCertificateLifetime = TimeSpan.FromDays(90) });
        using var certificate = await lab.SecureAsync();
        Assert.That(certificate.NotAfter.ToUniversalTime(), Is.EqualTo(lab.Running.Clock.GetUtcNow().UtcDateTime.AddDays(90)));
    }

    private async Task AssertShutOutAsync(X509Certificate2? certificate)
    {
        var before = lab.Server.Devices.Get(PhoneTalk.Mac);
        var exchanges = lab.Running.Exchanges.All.Count;
        var phone = lab.Secure(certificate);
        Assert.That(await phone.PostAsync(phone.StartUp("99")), Is.Null);
        Assert.That(lab.Running.Exchanges.All, Has.Count.EqualTo(exchanges), "not a byte of HTTP was read");
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac), Is.EqualTo(before));
        Assert.That(lab.Observed, Is.EqualTo(new[] { "client-certificate" }));
    }
}
