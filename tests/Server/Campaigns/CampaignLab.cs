using Microsoft.Extensions.Logging.Abstractions;
using OpenStage.Harness.Clock;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>A store, campaigns and a clock; the test is the phones and ends their jobs.</summary>
internal sealed class CampaignLab : IAsyncDisposable
{
    private readonly Activity activity = new();
    private CampaignRunner? runner;

    /// <param name="connection">Connection string of a PostgreSQL database, or null for SQLite.</param>
    public CampaignLab(TemporaryFolder folder, string? connection, ManualClock? clock = null)
    {
        Clock = clock ?? new ManualClock();
        Database = Database.Open(folder.Path, connection);
        Queue = new JobQueue(Database, Clock, TimeSpan.FromDays(7), 3, mac => Contacted.Add(mac));
        Book = new CampaignBook(Database, Clock);
        Templates = new TemplateBook(Database, Queue, Resolver);
        Steps = new CampaignSteps(Queue, Resolver, Clock);
    }

    public ManualClock Clock { get; }

    public Database Database { get; }

    public JobQueue Queue { get; }

    public CampaignBook Book { get; }

    public TemplateResolver Resolver { get; } = new();

    public TemplateBook Templates { get; }

    public CampaignSteps Steps { get; }

    /// <summary>Phones whose jobs were told of.</summary>
    public List<string> Contacted { get; } = [];

    public static NewCampaign Contact => new() { Name = "Wake all", Content = new NewCampaignContent { Kind = "Contact" }, Filter = new CampaignFilter() };

    public static string Mac(int number) => $"00:1A:E8:00:{number / 256:X2}:{number % 256:X2}";

    public void Run()
    {
        runner = new CampaignRunner(Database, Steps, Queue, Clock, activity, NullLogger.Instance);
        runner.Start();
    }

    /// <summary>Ends the runner, as a stop of the server does.</summary>
    public async Task StopAsync()
    {
        if (runner is not null)
            await runner.DisposeAsync();
        runner = null;
    }

    public void AddPhones(int count, string model = "OpenStage 40", string location = "", int from = 1) => Database.Write(session =>
    {
        for (var number = from; number < from + count; number++)
            session.Save(new Device { Mac = Mac(number), Model = model, Firmware = "V3 R3.24.0", E164 = $"{4989000 + number}", Location = location, LastSeen = Clock.GetUtcNow() });
        return true;
    });

    public long Start(NewCampaign asked)
    {
        var id = Book.Create(asked, "anna").Campaign.Id;
        Book.Start(id, "anna");
        return id;
    }

    public async Task<CampaignCounts> CountsAsync(long id)
    {
        await IdleAsync();
        return Book.Get(id).Progress.Counts;
    }

    public async Task<Campaign> GetAsync(long id)
    {
        await IdleAsync();
        return Book.Get(id).Campaign;
    }

    /// <summary>Ends the oldest open jobs of a campaign.</summary>
    public async Task EndAsync(long id, int count = int.MaxValue, JobState state = JobState.Succeeded)
    {
        await IdleAsync();
        foreach (var job in Open(id).Take(count))
            Set(job, state);
        await IdleAsync();
    }

    public IReadOnlyList<Job> Open(long id) => [.. Queue.List(new JobFilter { Campaign = id, IsOver = false }).OrderBy(job => job.Id)];

    public void Set(Job job, JobState state) => Database.Write(job.Mac, session =>
    {
        session.Save(job.To(state, Clock.GetUtcNow(), state.ToString()));
        return true;
    });

    public async Task PassAsync(TimeSpan span)
    {
        await IdleAsync();
        Clock.Advance(span);
        await IdleAsync();
    }

    public Task IdleAsync() => activity.WhenIdleAsync(RunningServer.Patience());

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Database.Dispose();
    }
}
