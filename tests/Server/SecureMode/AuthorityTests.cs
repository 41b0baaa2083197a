using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using NUnit.Framework.Constraints;
using OpenStage.Harness.Clock;
using OpenStage.Server.SecureMode;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.SecureMode;

/// <summary>The server's own certificate authority (WPI guide p.62).</summary>
public sealed class AuthorityTests
{
    private static readonly string[] Names = ["phones.example.net", "10.1.2.9", "localhost"];

    private TemporaryFolder folder = null!;
    private ManualClock clock = null!;
    private Database database = null!;
    private Authority authority = null!;

    [SetUp]
    public void Prepare()
    {
        folder = new TemporaryFolder();
        clock = new ManualClock();
        database = Database.Open(folder.Path);
        authority = Node();
    }

    [TearDown]
    public void End()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public void It_is_made_at_its_first_use_for_20_years()
    {
        Assert.That(authority.Trusted, Is.Empty);
        using var made = X509CertificateLoader.LoadCertificate(authority.Current().Certificate);
        Assert.That(made.Subject, Is.EqualTo(made.Issuer).And.Match("^CN=OpenStage provisioning authority [0-9A-F]{8}$"));
        using var key = made.GetRSAPublicKey();
        Assert.That(key!.KeySize, Is.EqualTo(2048));
        Assert.That(made.NotBefore.ToUniversalTime(), Is.EqualTo(clock.GetUtcNow().UtcDateTime.AddDays(-1)));
        Assert.That(made.NotAfter.ToUniversalTime(), Is.EqualTo(clock.GetUtcNow().UtcDateTime.AddYears(20)));
        Assert.That(made.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority, Is.True);
    }

    [Test]
    public async Task Nodes_that_need_it_at_the_same_time_make_one()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Node().Current().Thumbprint)));
        Assert.That(made.Distinct(), Has.Exactly(1).Items);
        Assert.That(database.Read(session => session.Authorities()), Has.Count.EqualTo(1));
    }

    [Test]
    public void It_stays_the_same_when_the_store_is_opened_again()
    {
        var first = authority.Current();
        var port = authority.ForPort(Names);
        database.Dispose();
        database = Database.Open(folder.Path);
        Assert.That(Node().Current().Thumbprint, Is.EqualTo(first.Thumbprint));
        Assert.That(Node().ForPort(Names).Pkcs12, Is.EqualTo(port.Pkcs12));
    }

    [Test]
    public void Its_key_is_not_readable_in_the_database()
    {
        var key = authority.Current().Key;
        database.Dispose();
        foreach (var file in Directory.GetFiles(folder.Path, "server.db*"))
        {
            var bytes = File.ReadAllBytes(file);
            Assert.That(bytes.AsSpan().IndexOf(key.AsSpan(40, 64)), Is.Negative, file);
            Assert.That(bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(key)[..60])), Is.Negative, file);
        }

        database = Database.Open(folder.Path);
        Assert.That(Node().Current().Key, Is.EqualTo(key));
    }

    [Test]
    public void A_phone_gets_a_certificate_of_its_own_that_leads_to_the_authority()
    {
        var (issued, pkcs12) = authority.Issue(PhoneTalk.Mac);
        using var certificate = X509CertificateLoader.LoadPkcs12(pkcs12, "");
        Assert.That(certificate.HasPrivateKey, Is.True);
        Assert.That(certificate.Subject, Is.EqualTo($"CN={PhoneTalk.Mac}"));
        Assert.That(certificate.SerialNumber, Is.EqualTo(issued.Serial).And.Match("^[4-7][0-9A-F]{31}$"));
        Assert.That(certificate.GetCertHashString(HashAlgorithmName.SHA256), Is.EqualTo(issued.Thumbprint));
        Assert.That(certificate.NotAfter.ToUniversalTime(), Is.EqualTo(clock.GetUtcNow().UtcDateTime.AddDays(3652)));
        Assert.That(Uses(certificate), Is.EqualTo(new[] { "1.3.6.1.5.5.7.3.2" }));
        Assert.That(Leads(certificate, authority.ExportPem()), Is.True);
        Assert.That(authority.Issue(PhoneTalk.Mac).Certificate.Serial, Is.Not.EqualTo(issued.Serial));
    }

    [Test]
    public void The_secure_port_gets_a_certificate_for_its_names()
    {
        using var certificate = X509CertificateLoader.LoadPkcs12(authority.ForPort(Names).Pkcs12, "");
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.That(names.EnumerateDnsNames(), Is.EqualTo(new[] { "phones.example.net", "localhost" }));
        Assert.That(names.EnumerateIPAddresses().Select(address => address.ToString()), Is.EqualTo(new[] { "10.1.2.9" }));
        Assert.That(Uses(certificate), Is.EqualTo(new[] { "1.3.6.1.5.5.7.3.1" }));
        Assert.That(Leads(certificate, authority.ExportPem()), Is.True);
    }

    [Test]
    public void The_certificate_of_the_secure_port_is_renewed_before_its_end_and_not_earlier()
    {
        var first = authority.ForPort(Names);
        clock.Advance(first.NotAfter - clock.GetUtcNow() - TimeSpan.FromDays(60));
        Assert.That(authority.IsOutdated(first), Is.False);
        Assert.That(authority.ForPort(Names).Pkcs12, Is.EqualTo(first.Pkcs12));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(authority.IsOutdated(first), Is.True);
        var second = authority.ForPort(Names);
        Assert.That(second.NotAfter, Is.GreaterThan(first.NotAfter));
        Assert.That(authority.IsOutdated(second), Is.False);
    }

    [Test]
    public void A_new_authority_takes_the_place_of_one_of_which_no_phone_holds_a_certificate()
    {
        var first = authority.Current();
        var port = authority.ForPort(Names);
        var second = authority.Renew("Our site");
        Assert.That(authority.Trusted.Select(one => one.Id), Is.EqualTo(new[] { second.Id }));
        Assert.That(second.Thumbprint, Is.Not.EqualTo(first.Thumbprint));
        Assert.That(authority.IsOutdated(port), Is.True);
        Assert.That(authority.ForPort(Names).Authority, Is.EqualTo(second.Id));
    }

    [Test]
    public void An_authority_stays_trusted_and_signs_for_the_secure_port_while_phones_hold_certificates_of_it()
    {
        var first = authority.Current();
        var held = Store(authority.Issue(PhoneTalk.Mac).Certificate);
        var port = authority.ForPort(Names);
        var second = authority.Renew(null);
        Assert.That(authority.Trusted.Select(one => one.Id), Is.EqualTo(new[] { first.Id, second.Id }));
        Assert.That(authority.Issue("00:1A:E8:00:00:02").Certificate.Authority, Is.EqualTo(second.Id));
        Assert.That(authority.IsOutdated(port), Is.False, "phones that know only the first must be able to call");
        Assert.That(authority.ExportPem(), Is.EqualTo($"{Authority.Pem(second)}\n{Authority.Pem(first)}\n"));
        Assert.That(() => authority.Retire(first.Id), Refused(409));
        Assert.That(() => authority.Retire(second.Id), Refused(409), "it is the one that issues");
        Assert.That(() => authority.Retire(77), Refused(404));

        Store(held with { Revoked = clock.GetUtcNow() });
        Assert.That(authority.Retire(first.Id).Retired, Is.EqualTo(clock.GetUtcNow()));
        Assert.That(authority.Trusted.Select(one => one.Id), Is.EqualTo(new[] { second.Id }));
        Assert.That(authority.IsOutdated(port), Is.True);
    }

    [Test]
    public void A_third_authority_is_refused_while_phones_hold_certificates_of_two()
    {
        Store(authority.Issue(PhoneTalk.Mac).Certificate);
        authority.Renew(null);
        Store(authority.Issue("00:1A:E8:00:00:02").Certificate);
        Assert.That(() => authority.Renew(null), Refused(409));
        Assert.That(database.Read(session => session.Authorities()), Has.Count.EqualTo(2));
    }

    [Test]
    public void An_authority_near_its_end_issues_no_more()
    {
        var first = authority.Current();
        clock.Advance(first.NotAfter - clock.GetUtcNow() - TimeSpan.FromDays(400));
        var (late, _) = authority.Issue(PhoneTalk.Mac);
        Assert.That((late.Authority, late.NotAfter), Is.EqualTo((first.Id, first.NotAfter)));
        clock.Advance(TimeSpan.FromDays(35));
        Assert.That(authority.Issue(PhoneTalk.Mac).Certificate.Authority, Is.Not.EqualTo(first.Id));
    }

    private Authority Node() => new(database, clock, TimeSpan.FromDays(3652));

    private ClientCertificate Store(ClientCertificate certificate) => database.Write(session =>
    {
        session.Save(certificate);
        return certificate;
    });

    private bool Leads(X509Certificate2 certificate, string pem)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(pem);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        return chain.Build(certificate);
    }

    private static IEnumerable<string?> Uses(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(use => use.Value);

    private static EqualNumericConstraint<int> Refused(int status) =>
        Throws.TypeOf<RequestException>().With.Property("Status").EqualTo(status);
}
