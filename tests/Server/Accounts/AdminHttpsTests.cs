using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Harness.Clock;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>Passwords do not cross a network in clear.</summary>
public sealed class AdminHttpsTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Start() => folder = new TemporaryFolder();

    [TearDown]
    public void End() => folder.Dispose();

    [TestCase("0.0.0.0")]
    [TestCase("::")]
    [TestCase("192.0.2.1")]
    public void Without_HTTPS_the_administration_listens_for_this_machine_only(string address)
    {
        var options = new ServerOptions { DataFolder = folder.Path, AdminAddress = IPAddress.Parse(address) };
        Assert.That(() => ServerOptionsCheck.Check(options), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith($"AdminAddress '{address}': allowed is")
            .And.Message.Contains("AdminCertificate").And.Message.Contains("AllowClearAdmin"));
        Assert.That(() => ServerOptionsCheck.Check(options with { AllowClearAdmin = true }), Throws.Nothing);
        Assert.That(() => ServerOptionsCheck.Check(options with { AdminCertificate = "admin.pfx" }), Throws.Nothing);
    }

    [TestCase("127.0.0.1")]
    [TestCase("127.1.2.3")]
    [TestCase("::1")]
    public void For_this_machine_alone_HTTP_will_do(string address) => Assert.That(
        () => ServerOptionsCheck.Check(new ServerOptions { DataFolder = folder.Path, AdminAddress = IPAddress.Parse(address) }), Throws.Nothing);

    [Test]
    public async Task With_a_certificate_the_administration_speaks_HTTPS_and_answers_to_its_names()
    {
        var file = Write("admin.pfx", "provisioning.example.net", new ManualClock().GetUtcNow().AddYears(1));
        await using var lab = await RunningServer.StartAsync(options => options with { AdminCertificate = file });
        Assert.That(lab.Server.AdminUrl.Scheme, Is.EqualTo("https"));
        Assert.That(await StatusAsync(lab, lab.Server.AdminUrl.Authority), Is.EqualTo(200));
        Assert.That(await StatusAsync(lab, "provisioning.example.net"), Is.EqualTo(200));
        Assert.That(await StatusAsync(lab, "evil.example.net"), Is.EqualTo(421));
        Assert.That(await ClearAsync(lab.Server.AdminUrl), Does.Not.StartWith("HTTP/1.1 2"), "no HTTP on this port");
    }

    [TestCase("missing")]
    [TestCase("nonsense")]
    [TestCase("expired")]
    public void A_certificate_that_cannot_be_used_ends_the_start(string what)
    {
        var file = Path.Combine(folder.Path, "admin.pfx");
        if (what == "nonsense")
            File.WriteAllText(file, "no certificate");
        if (what == "expired")
            Write("admin.pfx", "localhost", new ManualClock().GetUtcNow());
        File.WriteAllBytes(Path.Combine(folder.Path, "server.pfx"), RunningServer.Certificate.Value);
        var options = new ServerOptions { DataFolder = folder.Path, PhonePort = 0, AdminPort = 0, AdminCertificate = file };
        Assert.That(async () => await ProvisioningServer.StartAsync(options, new ManualClock(), null, [], CancellationToken.None),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"AdminCertificate '{file}': allowed is a PFX file"));
    }

    private string Write(string name, string host, DateTimeOffset end)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(end.AddYears(-2), end);
        var file = Path.Combine(folder.Path, name);
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx));
        return file;
    }

    private static async Task<string> ClearAsync(Uri server)
    {
        try
        {
            return await RawHttp.GetAsync(server, "/openapi/v1.json");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<int> StatusAsync(RunningServer lab, string host)
    {
#pragma warning disable CA5359, CA2000 // Which certificate it is does not matter here; the client owns the handler.
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
#pragma warning restore CA5359, CA2000
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(lab.Server.AdminUrl, "/api/devices"));
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("Authorization", lab.Api.DefaultRequestHeaders.Authorization!.ToString());
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
