using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.SecureMode;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>One authority for all nodes of a PostgreSQL store.</summary>
public sealed class SharedAuthorityTests
{
    private static readonly string[] Names = ["10.1.2.9"];

    private readonly ManualClock clock = new();
    private readonly List<Database> nodes = [];
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Start()
    {
        folder = new TemporaryFolder();
        var connection = PostgresServer.NewDatabase();
        for (var node = 0; node < 3; node++)
            nodes.Add(Database.Open(folder.Path, connection));
    }

    [TearDown]
    public void End()
    {
        nodes.ForEach(node => node.Dispose());
        nodes.Clear();
        folder.Dispose();
    }

    [Test]
    public async Task Nodes_that_need_it_at_the_same_time_make_one()
    {
        var made = await Task.WhenAll(nodes.Select(node => Task.Run(() => On(node).Current().Thumbprint)));
        Assert.That(made.Distinct(), Has.Exactly(1).Items);
        Assert.That(nodes[0].Read(session => session.Authorities()), Has.Count.EqualTo(1));
    }

    [Test]
    public void What_one_node_issues_renews_and_gives_up_counts_at_the_others()
    {
        var (certificate, _) = On(nodes[0]).Issue(PhoneTalk.Mac);
        nodes[0].Write(session =>
        {
            session.Save(certificate);
            return true;
        });
        var port = On(nodes[1]).ForPort(Names);
        Assert.That(nodes[1].Read(session => session.ClientCertificate(certificate.Thumbprint)), Is.EqualTo(certificate));
        var second = On(nodes[1]).Renew("Second");
        Assert.That(On(nodes[2]).Current().Id, Is.EqualTo(second.Id));
        Assert.That(On(nodes[2]).IsOutdated(port), Is.False);
        nodes[2].Write(session =>
        {
            session.Save(certificate with { Revoked = clock.GetUtcNow() });
            return true;
        });
        On(nodes[2]).Retire(certificate.Authority);
        Assert.That(On(nodes[1]).IsOutdated(port), Is.True);
        Assert.That(nodes[0].Read(session => session.ClientCertificates(PhoneTalk.Mac)).Single().Revoked, Is.Not.Null);
    }

    private Authority On(Database node) => new(node, clock, TimeSpan.FromDays(3652));
}
