using System.Net;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.Deployment;
using OpenStage.Server.Files;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Observations;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Tests.Files;

/// <summary>The addresses that phones are given (WPI guide p.53).</summary>
public sealed class FileLinksTests
{
    private static readonly DateTimeOffset Now = new ManualClock().GetUtcNow();

    private static readonly Job Deploy = new()
    {
        Id = 12,
        Mac = PhoneTalk.Mac,
        Kind = JobKind.FileDeployment,
        Files = [new DeploymentFile { Name = "logo.png", Type = "LOGO", File = 3 }],
        Created = Now,
        NotBefore = Now,
        Expires = Now,
    };

    [TestCase(null, "10.1.2.9:18443", "https://10.1.2.9:18443")]
    [TestCase(null, "[2001:db8::9]:18444", "https://[2001:db8::9]:18444")]
    [TestCase(null, "[fe80::1%3]:18443", "https://[fe80::1]:18443")]
    [TestCase("prov.example.net", "172.17.0.2:18443", "https://prov.example.net:18443")]
    [TestCase("192.0.2.7", "172.17.0.2:18443", "https://192.0.2.7:18443")]
    [TestCase("2001:db8::7", "172.17.0.2:18443", "https://[2001:db8::7]:18443")]
    public void An_address_begins_with_the_advertised_host_or_the_one_that_was_called(string? advertised, string called, string expected) =>
        Assert.That(FileLinks.BaseUrl(advertised, called), Is.EqualTo(expected));

    [Test]
    public void Without_a_call_there_is_no_address() =>
        Assert.That(() => FileLinks.BaseUrl("prov.example.net", PhoneCaller.Nobody.Server), Throws.InvalidOperationException);

    [Test]
    public void Two_stores_give_different_tokens_and_one_store_always_the_same()
    {
        using var first = new Vault(new byte[32]);
        using var same = new Vault(new byte[32]);
        using var other = new Vault([.. Enumerable.Repeat((byte)1, 32)]);
        var url = new FileLinks(first).Url("", Deploy, 0);
        Assert.That(new FileLinks(same).Url("", Deploy, 0), Is.EqualTo(url));
        Assert.That(new FileLinks(other).Url("", Deploy, 0), Is.Not.EqualTo(url));
    }

    [Test]
    public void The_machine_gets_the_address_at_which_the_phone_called()
    {
        using var folder = new TemporaryFolder();
        using var database = Database.Open(folder.Path);
        var clock = new ManualClock();
        var queue = new JobQueue(database, clock, TimeSpan.FromDays(1), 3, _ => { });
        using var metrics = new ServerMetrics();
        var engine = new InteractionEngine(database, clock, new ServerOptions(), queue, new ObservationBook(clock), metrics, new NobodyWatches());
        var input = database.Read(session => engine.Input(session, PhoneTalk.Mac, "", new PhoneCaller("10.1.2.30", "10.1.2.9:18443")));
        Assert.That(input.Address, Is.EqualTo("10.1.2.30"));
        Assert.That(input.FileUrl(Deploy, 0), Is.EqualTo(new FileLinks(database.Vault).Url("https://10.1.2.9:18443", Deploy, 0)));
        Assert.That(() => new InteractionInput { Now = clock.GetUtcNow() }.FileUrl(Deploy, 0), Throws.InvalidOperationException);
    }

    [TestCase(1023L)]
    [TestCase(4294967297L)]
    public void A_limit_for_files_out_of_its_range_is_refused(long bytes) => Refused(
        new ServerOptions { MaxFileBytes = bytes }, $"MaxFileBytes '{bytes}': allowed is 1024 to 4294967296.");

    [TestCase(0)]
    [TestCase(1048577)]
    public void A_least_rate_out_of_its_range_is_refused(int rate) => Refused(
        new ServerOptions { LeastDownloadRate = rate }, $"LeastDownloadRate '{rate}': allowed is 1 to 1048576.");

    [Test]
    public void Messages_cannot_be_posted_into_the_file_area() => Refused(
        new ServerOptions { PhonePaths = ["/files/in"] }, "PhonePaths '/files/in': allowed is a path outside of /files/.");

    private static void Refused(ServerOptions options, string message) =>
        Assert.That(() => ServerOptionsCheck.Check(options with { ListenAddress = IPAddress.Loopback }), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(message));
}
