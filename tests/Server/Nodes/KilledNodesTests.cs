using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;
using OpenStage.Server.Tests.Interactions;
using OpenStage.Simulator;

namespace OpenStage.Server.Tests.Nodes;

/// <summary>Three nodes on one PostgreSQL, as processes that are killed one at a time while they serve a campaign.</summary>
[NonParallelizable]
public sealed class KilledNodesTests
{
    private const int Phones = 300;
    private const int Seed = 20261121;

    private const int LeastKills = 5;

    private const int MostCampaigns = 6;

    /// <summary>Jobs that end between the last node's return and the next kill.</summary>
    private const int JobsBetweenKills = 20;

    private readonly TemporaryFolder folder = new();
    private readonly List<ServerProcess> nodes = [];
    private readonly List<SimulatedPhone> phones = [];
    private readonly WriteCount writes = new();
    private TurnAbout balancer = null!;
    private Database database = null!;
    private JobWatch watch = null!;

    [SetUp]
    public async Task Start()
    {
        var connection = PostgresServer.NewDatabase();
        var key = Path.Combine(folder.Path, "server.key");
        var environment = new Dictionary<string, string>
        {
            ["OPENSTAGE_DATABASE"] = connection,
            ["OPENSTAGE_KEY_FILE"] = key,
            ["OPENSTAGE_CONTACT_INTERVAL_SECONDS"] = "1",
            ["OPENSTAGE_CONTACT_GAP_SECONDS"] = "0",
            ["OPENSTAGE_CALL_BACK_TIMEOUT_SECONDS"] = "5",
            ["OPENSTAGE_REPLY_TIMEOUT_SECONDS"] = "10",
            // A phone may be hit by more kills than sites see in a year.
            ["OPENSTAGE_JOB_ATTEMPTS"] = "100",
        };
        for (var number = 0; number < 3; number++)
        {
            nodes.Add(new ServerProcess(environment));
            await nodes[number].StartAsync();
        }

        balancer = new TurnAbout([.. nodes.Select(node => node.PhonePort)]);
        database = Database.OpenExisting(folder.Path, connection, key);
        watch = new JobWatch(database);
        var server = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{balancer.Port}"));
        for (var number = 1; number <= Phones; number++)
        {
            phones.Add(await SimulatedPhone.StartAsync(new PhoneOptions
            {
                Server = server,
                Model = "OpenStage 40",
                Mac = Mac(number),
                Address = "127.0.0.1",
                ContactMePort = 0,
                // It would take no contact-me for five minutes after each.
                Items = new Dictionary<string, string> { ["dls-contact-interval"] = "0" },
            }, new QuickTime(10), writes, null));
        }

        foreach (var phone in phones)
            await watch.UntilAsync(session => session.Device(phone.Mac)?.ItemsRead is not null, Patience());
    }

    [TearDown]
    public async Task End()
    {
        foreach (var phone in phones)
            await phone.DisposeAsync();
        watch.Dispose();
        database.Dispose();
        await balancer.DisposeAsync();
        foreach (var node in nodes)
            await node.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task Each_job_of_a_campaign_ends_once_and_each_phone_holds_the_value()
    {
        var chance = new Random(Seed);
        // The first three are all of them, in an order by chance.
        var next = new Queue<int>(Enumerable.Range(0, nodes.Count).OrderBy(_ => chance.Next()));
        var kills = new List<int>();
        // On a slow machine a campaign is done after few kills, as each node has to come back first; then there is another.
        for (var campaigns = 1; campaigns <= MostCampaigns && (kills.Count < LeastKills || next.Count > 0); campaigns++)
            kills.AddRange(await RunCampaignAsync(string.Create(CultureInfo.InvariantCulture, $"ntp{campaigns}.example.net"), next, chance));
        Assert.That(kills, Has.Count.GreaterThanOrEqualTo(LeastKills).And.SupersetOf(new[] { 0, 1, 2 }));
    }

    /// <returns>Numbers of the nodes that were killed.</returns>
    private async Task<IReadOnlyList<int>> RunCampaignAsync(string value, Queue<int> next, Random chance)
    {
        var begun = Stopwatch.GetTimestamp();
        var before = writes.Accepted;
        var campaign = await StartCampaignAsync(value);
        var kills = await KillUntilDoneAsync(campaign, next, chance);

        var jobs = database.Read(session => session.Jobs(new JobFilter { Campaign = campaign }));
        var brokenOff = jobs.Sum(job => job.Attempts);
        var most = jobs.Max(job => job.Attempts);
        TestContext.Progress.WriteLine(
            $"{jobs.Count} jobs: {jobs.Count(job => job.State == JobState.Succeeded)} succeeded, {watch.EndedAgain.Count} ended more than once; "
            + $"{kills.Count} kills (nodes {string.Join(' ', kills)}), {balancer.CutOff} connections to a dead node, {string.Join(" + ", balancer.Carried)} to a live one; "
            + $"{brokenOff} attempts broken off, at most {most} of one job; {writes.Accepted - before} writes accepted by {Phones} phones; "
            + $"{Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s, seed {Seed}");
        Assert.That(jobs.Select(job => job.Mac), Is.Unique);
        Assert.That(jobs, Has.Count.EqualTo(Phones));
        Assert.That(jobs.Where(job => job.State != JobState.Succeeded).Select(job => $"{job.Id} {job.State}: {job.History[^1].Text}"), Is.Empty);
        Assert.That(watch.EndedAgain, Is.Empty);
        Assert.That(kills, Is.Not.Empty);
        foreach (var phone in phones)
            Assert.That((await phone.GetItemsAsync()).Single(item => item.Name == "sntp-addr").Value, Is.EqualTo(value), phone.Mac);
        Assert.That(writes.Accepted - before, Is.GreaterThanOrEqualTo(Phones));
        return kills;
    }

    private async Task<long> StartCampaignAsync(string value)
    {
        var draft = await nodes[0].PostAsync("/api/campaigns", new
        {
            name = "Time server",
            content = new { kind = "WriteItems", items = new[] { new { name = "sntp-addr", value } } },
            filter = new { },
            // So that it takes long enough for some kills.
            rate = 900,
            atOnce = 40,
        });
        var id = draft["id"]!.GetValue<long>();
        await nodes[0].PostAsync(string.Create(CultureInfo.InvariantCulture, $"/api/campaigns/{id}/start"), new { });
        return id;
    }

    /// <summary>Kills a node by chance, starts it again, lets some jobs end, and so on until the campaign is done.</summary>
    /// <param name="next">The nodes to kill before chance alone decides.</param>
    /// <returns>Numbers of the nodes that were killed.</returns>
    private async Task<IReadOnlyList<int>> KillUntilDoneAsync(long campaign, Queue<int> next, Random chance)
    {
        var killed = new List<int>();
        while (true)
        {
            var goal = Over(campaign) + JobsBetweenKills;
            await watch.UntilAsync(session => IsDone(session, campaign) || session.CountJobs(Ended(campaign)) >= goal, Patience());
            if (database.Read(session => IsDone(session, campaign)))
                return killed;
            var node = next.Count > 0 ? next.Dequeue() : chance.Next(nodes.Count);
            killed.Add(node);
            nodes[node].Kill();
            await nodes[node].RiseAsync();
        }
    }

    private long Over(long campaign) => database.Read(session => session.CountJobs(Ended(campaign)));

    private static JobFilter Ended(long campaign) => new() { Campaign = campaign, IsOver = true };

    private static bool IsDone(StoreSession session, long campaign) => session.Campaign(campaign)!.State == CampaignState.Done;

    private static string Mac(int number) => string.Create(CultureInfo.InvariantCulture, $"00:1A:E8:20:{number / 256:X2}:{number % 256:X2}");

    private static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token;

    /// <summary>Counts the writes that phones accepted.</summary>
    private sealed class WriteCount : IExchangeLog
    {
        private int accepted;

        public int Accepted => accepted;

        public void Add(HttpExchange exchange)
        {
            if (exchange.Kind == ExchangeKind.Message && exchange.RequestBody.Span.IndexOf("<ReasonForContact action=\"WriteItems\" status=\"accepted\">"u8) >= 0)
                Interlocked.Increment(ref accepted);
        }
    }
}
