using System.Diagnostics;
using System.Globalization;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Campaigns;

/// <summary>
/// Takes the steps of campaigns when they are due. It wakes when a campaign or one of its jobs changes, here or at another
/// node, and at the time that the plan says; all it knows is in the store.
/// </summary>
internal sealed partial class CampaignRunner : IAsyncDisposable
{
    private const string Topic = "campaign:";

    /// <summary>The longest a timer is set for; then it is looked again.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    /// <summary>With several nodes, word of what another did may be lost: all campaigns are looked at so often.</summary>
    private static readonly TimeSpan SharedLook = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After a look the runner rests, so many times as long as that took: each look counts all phones of a campaign, and each
    /// job that changes asks for one. So all of them take a tenth of the time at most, however many phones there are.
    /// </summary>
    private const int RestPerWork = 9;

    /// <summary>The longest rest: after the release of thousands of phones, others wait to be released.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);

    /// <summary>After an error, such as a store that was out of reach.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly HashSet<long> signalled = [];
    private readonly Dictionary<long, DateTimeOffset> due = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Database database;
    private readonly CampaignSteps steps;
    private readonly JobQueue queue;
    private readonly TimeProvider time;
    private readonly Activity activity;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private Task loop = Task.CompletedTask;
    private bool looping;
    private DateTimeOffset? lookAtAll;

    public CampaignRunner(Database database, CampaignSteps steps, JobQueue queue, TimeProvider time, Activity activity, ILogger logger)
    {
        this.database = database;
        this.steps = steps;
        this.queue = queue;
        this.time = time;
        this.activity = activity;
        this.logger = logger;
        timer = time.CreateTimer(static state => ((CampaignRunner)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes up what an earlier run of the server, or another node, left.</summary>
    public void Start()
    {
        database.Changed += OnChanged;
        lock (gate)
            lookAtAll = time.GetUtcNow();
        Wake();
    }

    public async ValueTask DisposeAsync()
    {
        database.Changed -= OnChanged;
        Task last;
        lock (gate)
        {
            stop.Cancel();
            last = loop;
        }

        await timer.DisposeAsync();
        await last;
        stop.Dispose();
    }

    private void OnChanged(string topic)
    {
        if (!topic.StartsWith(Topic, StringComparison.Ordinal)
            || !long.TryParse(topic.AsSpan(Topic.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return;
        lock (gate)
        {
            signalled.Add(id);
            StartLoop();
        }
    }

    private void Wake()
    {
        lock (gate)
            StartLoop();
    }

    private void StartLoop()
    {
        if (looping || stop.IsCancellationRequested)
            return;
        looping = true;
        var running = activity.Begin();
        loop = Task.Run(() => LoopAsync(running));
    }

    private async Task LoopAsync(Activity.Running running)
    {
        using (running)
        {
            while (Next() is { } id)
            {
                // Real time, whatever the clock of a lab says: it is the machine that rests.
                var begun = Stopwatch.GetTimestamp();
                try
                {
                    Look(id);
                }
                catch (Exception broken) when (broken is not OutOfMemoryException)
                {
                    // One campaign's trouble must not stop the others'.
                    LogStepFailed(logger, id, broken);
                    Look(id, time.GetUtcNow() + RetryPause);
                }

                var rest = RestPerWork * Stopwatch.GetElapsedTime(begun);
                await Task.Delay(rest < LongestRest ? rest : LongestRest, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>The next campaign to look at, or null after the timer is set for what comes later.</summary>
    private long? Next()
    {
        lock (gate)
        {
            while (!stop.IsCancellationRequested)
            {
                var now = time.GetUtcNow();
                TakeDue(now);
                if (signalled.Count > 0)
                {
                    var id = signalled.Min();
                    signalled.Remove(id);
                    return id;
                }

                if (Earliest() is not { } at)
                    break;
                var wait = at - now;
                if (wait > TimeSpan.Zero)
                {
                    // A millisecond more, because timers of the system may be early by the rest of one.
                    var span = wait < LongestTimer ? wait : LongestTimer;
                    timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                    break;
                }
            }

            looping = false;
            return null;
        }
    }

    private void TakeDue(DateTimeOffset now)
    {
        foreach (var (id, _) in due.Where(entry => entry.Value <= now).ToList())
        {
            due.Remove(id);
            signalled.Add(id);
        }

        if (!(lookAtAll <= now))
            return;
        lookAtAll = database.IsShared ? now + SharedLook : null;
        // Number 0 is that of no campaign: it stands for all.
        signalled.Add(0);
    }

    private DateTimeOffset? Earliest()
    {
        var earliest = lookAtAll;
        foreach (var at in due.Values)
            earliest = earliest is null || at < earliest ? at : earliest;
        return earliest;
    }

    private void Look(long id)
    {
        if (id == 0)
        {
            var all = database.Read(session => session.CampaignsUnderWay());
            lock (gate)
                signalled.UnionWith(all);
            return;
        }

        while (!stop.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            // Without a lock first: most looks find nothing to do.
            var (campaign, plan, open) = database.Read(session => Read(session, id, now));
            if (campaign is null)
            {
                Look(id, null);
                return;
            }

            if (campaign.Withdrawing && open > 0)
                Withdraw(campaign);
            else if (plan.Release == 0 && plan.End is null && !campaign.Withdrawing)
            {
                Look(id, plan.NextLook);
                return;
            }

            var step = database.Write(session => steps.Take(session, id));
            queue.Tell(step.Jobs);
            if (step.Jobs.Count > 0)
                LogReleased(logger, id, step.Jobs.Count);
            // Jobs that a phone is working at end in their own time, and tell of it.
            if (campaign.Withdrawing)
            {
                Look(id, null);
                return;
            }
        }
    }

    private void Look(long id, DateTimeOffset? at)
    {
        lock (gate)
        {
            due.Remove(id);
            if (at is { } next)
                due[id] = next;
        }
    }

    private void Withdraw(Campaign campaign)
    {
        foreach (var job in database.Read(session => session.WithdrawableJobs(campaign.Id)))
        {
            if (stop.IsCancellationRequested)
                return;
            queue.Withdraw(job, $"cancelled: campaign {campaign.Name} was stopped");
        }
    }

    private static (Campaign? Campaign, CampaignPlan Plan, int Open) Read(StoreSession session, long id, DateTimeOffset now)
    {
        if (session.Campaign(id) is not { } campaign)
            return (null, new CampaignPlan(), 0);
        var counts = session.CampaignCounts(campaign);
        return (campaign, CampaignPlan.Next(campaign, counts, now), counts.Open);
    }
}
