using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>
/// Brings redirects on in the background. It wakes when one changes or falls due; all it knows is in the store, so that a
/// restart loses nothing and any node can go on.
/// </summary>
internal sealed partial class RedirectRunner : IAsyncDisposable
{
    private const string Topic = "redirect:";

    /// <summary>The longest a timer is set for; then it is looked again.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Database database;
    private readonly RedirectClient client;
    private readonly TimeProvider time;
    private readonly Activity activity;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private Task loop = Task.CompletedTask;
    private bool looping;
    private bool again;

    public RedirectRunner(Database database, RedirectClient client, TimeProvider time, Activity activity, ILogger logger)
    {
        this.database = database;
        this.client = client;
        this.time = time;
        this.activity = activity;
        this.logger = logger;
        timer = time.CreateTimer(static state => ((RedirectRunner)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        database.Changed += Heard;
    }

    /// <summary>Looks what is due.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (stop.IsCancellationRequested)
                return;
            again = true;
            if (looping)
                return;
            looping = true;
            var running = activity.Begin();
            loop = Task.Run(() => LoopAsync(running));
        }
    }

    public async ValueTask DisposeAsync()
    {
        database.Changed -= Heard;
        Task last;
        lock (gate)
        {
            stop.Cancel();
            last = loop;
        }

        await timer.DisposeAsync();
        await last;
        client.Dispose();
        stop.Dispose();
    }

    private void Heard(string topic)
    {
        if (topic.StartsWith(Topic, StringComparison.Ordinal))
            Wake();
    }

    private async Task LoopAsync(Activity.Running running)
    {
        using (running)
        {
            while (GoesOn())
            {
                try
                {
                    // A service that answers slowly must not keep all phones waiting for each.
                    await Parallel.ForEachAsync(database.Read(session => session.MacsOfRedirectsDue(time.GetUtcNow())),
                        new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stop.Token }, async (mac, _) => await AskAsync(mac));
                    SetTimer(database.Read(session => session.NextRedirect()));
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // The store has all that is left.
                }
                catch (Exception broken) when (broken is not OutOfMemoryException)
                {
                    LogBroken(logger, broken);
                    SetTimer(time.GetUtcNow() + TimeSpan.FromMinutes(1));
                }
            }
        }
    }

    private bool GoesOn()
    {
        lock (gate)
        {
            looping = again && !stop.IsCancellationRequested;
            again = false;
            return looping;
        }
    }

    private void SetTimer(DateTimeOffset? due)
    {
        if (due is not { } at)
            return;
        lock (gate)
        {
            if (stop.IsCancellationRequested)
                return;
            var wait = Math.Ceiling((at - time.GetUtcNow()).TotalMilliseconds);
            timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(wait, 1, LongestTimer.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    private async Task AskAsync(string mac)
    {
        if (Take(mac) is not { } redirect)
            return;
        var failure = await client.SendAsync(redirect, stop.Token);
        database.Write(mac, session =>
        {
            // Somebody may have changed it meanwhile: then it is due anew.
            if (session.Redirect(mac) is not { } present || present.Revision != redirect.Revision)
                return false;
            if (failure.Length > 0)
                session.Save(redirect.Failed(time.GetUtcNow()));
            else if (redirect.IsWanted)
                session.Save(redirect.Done());
            else
                session.DeleteRedirect(mac);
            return true;
        });
        if (failure.Length > 0)
            LogFailed(logger, mac, failure);
        else
            LogDone(logger, mac, redirect.IsWanted ? "registered" : "taken back");
    }

    /// <summary>The redirect of a phone when it is still due; no other node asks for it meanwhile.</summary>
    private PhoneRedirect? Take(string mac)
    {
        var now = time.GetUtcNow();
        return database.Write(mac, session =>
        {
            if (session.Redirect(mac) is not { Due: { } due } redirect || due > now)
                return null;
            session.Save(redirect.Begun(now));
            return redirect;
        });
    }
}
