using System.Net;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;

namespace OpenStage.Server.ContactMe;

/// <summary>
/// Brings jobs on: contacts phones when they may be contacted, and ends what takes too long. It wakes by a signal or at
/// the next due time and never polls; all it knows is in the store, so a restart loses nothing. Several phones are looked at
/// together: each look waits for the store, and the store takes as long for one as for many.
/// </summary>
internal sealed partial class ContactScheduler : IPhoneWatch, IAsyncDisposable
{
    /// <summary>The longest a timer is set for; then it is looked again.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    /// <summary>When a phone is looked at again that could not be looked at, such as while the store is away.</summary>
    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(10);

    /// <summary>Most looks at the same time, which leaves connections of a PostgreSQL store to the phones' messages.</summary>
    private const int MostLooks = 16;

    private readonly Lock gate = new();
    private readonly PhoneTurns turns = new();

    /// <summary>Phones that a contact-me is on its way to, and whether one was looked at meanwhile: then it is looked at again after it.</summary>
    private readonly Dictionary<string, bool> inFlight = [];
    private readonly DueTimes due = new();
    private readonly CancellationTokenSource stop = new();
    private readonly SchedulerParts parts;
    private readonly ContactAddress addresses;
    private readonly ITimer timer;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When the timer fires, if not before: one that fires early is set again.</summary>
    private DateTimeOffset timerAt = DateTimeOffset.MaxValue;
    private int loops;

    public ContactScheduler(SchedulerParts parts)
    {
        this.parts = parts;
        addresses = new ContactAddress(parts.Options, Dns.GetHostAddressesAsync);
        timer = parts.Time.CreateTimer(static state => ((ContactScheduler)state!).TimerFired(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes up what an earlier run of the server left.</summary>
    public void Recover()
    {
        foreach (var mac in parts.Database.Read(session => session.MacsWithWork()))
            Changed(mac);
    }

    public void Changed(string mac)
    {
        lock (gate)
        {
            if (stop.IsCancellationRequested)
                return;
            turns.Add(mac);
            StartLoop();
        }
    }

    public void Seen(PhoneSituation situation)
    {
        if (situation.Device is not { Mac: var mac })
            return;
        lock (gate)
        {
            if (stop.IsCancellationRequested)
                return;
            var plan = PhoneSchedule.Plan(situation with { InFlight = IsInFlight(mac), Scripted = parts.Scripts.Holds(mac) }, parts.Options);
            if (plan is { Contact: false, InteractionTimedOut: false, ChangedDevice: null, ChangedJobs.Count: 0 } && !turns.IsWaiting(mac))
            {
                due.Set(mac, plan.NextDue);
                if (plan.NextDue < timerAt)
                    SetTimer(plan.NextDue.Value);
                return;
            }
        }

        Changed(mac);
    }

    /// <summary>Contacts no more phones: who calls now finds the server gone.</summary>
    public void Halt()
    {
        lock (gate)
            stop.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Halt();
        lock (gate)
        {
            if (loops == 0)
                ended.TrySetResult();
        }

        await timer.DisposeAsync();
        await ended.Task;
        await parts.Activity.WhenIdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private void TimerFired()
    {
        lock (gate)
        {
            if (stop.IsCancellationRequested)
                return;
            timerAt = DateTimeOffset.MaxValue;
            AddDue(parts.Time.GetUtcNow());
            // Also when it fired early and nobody is due: then this one sets it again.
            StartLoop();
        }
    }

    private void AddDue(DateTimeOffset now)
    {
        foreach (var mac in due.Take(now))
        {
            turns.Add(mac);
            StartLoop();
        }
    }

    /// <summary>Starts one more, for the phone that came: those that run may be waiting for the store.</summary>
    private void StartLoop()
    {
        if (loops == MostLooks)
            return;
        loops++;
        var running = parts.Activity.Begin();
        _ = Task.Run(() => LoopAsync(running));
    }

    private async Task LoopAsync(Activity.Running running)
    {
        // The message that woke the loop did not cause what is done here for other phones.
        System.Diagnostics.Activity.Current = null;
        using (running)
        {
            while (Next() is { } mac)
            {
                try
                {
                    await LookAsync(mac);
                }
                catch (Exception broken) when (broken is not OutOfMemoryException)
                {
                    // One phone's trouble must not stop the others', and must not be forgotten either.
                    LogSchedulingFailed(parts.Logger, mac, broken);
                    lock (gate)
                        due.Set(mac, parts.Time.GetUtcNow() + RetryAfterTrouble);
                }
                finally
                {
                    lock (gate)
                        turns.End(mac);
                }
            }
        }
    }

    /// <summary>The next phone to look at, or null after the timer is set for what comes later: then the loop that asks ends.</summary>
    private string? Next()
    {
        lock (gate)
        {
            while (!stop.IsCancellationRequested)
            {
                if (turns.Begin() is { } mac)
                    return mac;
                if (due.Earliest() is not { } at)
                    break;
                var now = parts.Time.GetUtcNow();
                if (at > now)
                {
                    SetTimer(at);
                    break;
                }

                AddDue(now);
            }

            loops--;
            if (loops == 0 && stop.IsCancellationRequested)
                ended.TrySetResult();
            return null;
        }
    }

    private void SetTimer(DateTimeOffset at)
    {
        timerAt = at;
        // A millisecond more, because timers of the system may be early by the rest of one.
        var wait = at - parts.Time.GetUtcNow();
        var span = wait < LongestTimer ? wait : LongestTimer;
        timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(span.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private async Task LookAsync(string mac)
    {
        var effects = new StoredEffects();
        var (plan, device) = await parts.Database.WriteAsync(mac, session =>
        {
            var next = PhoneSchedule.Plan(Situation(session, mac), parts.Options);
            if (next.InteractionTimedOut)
            {
                EndInteraction(session, mac, effects);
                next = PhoneSchedule.Plan(Situation(session, mac), parts.Options);
            }

            Store(session, next, effects);
            // Within the transaction: what comes after it is seen after it.
            lock (gate)
                due.Set(mac, next.NextDue);
            return (next, session.Device(mac));
        });
        if (plan.Contact)
        {
            lock (gate)
                inFlight.Add(mac, false);
        }

        effects.Tell(parts.Queue, parts.Book, parts.Metrics);
        if (plan.Contact)
            _ = ContactAsync(device!, parts.Activity.Begin());
    }

    private void EndInteraction(StoreSession session, string mac, StoredEffects effects)
    {
        var why = $"no message from the phone within {parts.Options.ReplyTimeout.TotalSeconds:0} s";
        var open = session.InteractionOf(mac)!;
        var step = Interaction.BreakOff(open, parts.Engine.Input(session, mac, "", PhoneCaller.Nobody), why);
        effects.Apply(session, step.State, step.Effects, parts.Time.GetUtcNow());
        if (open.IsRegistering)
            ReadAgain(session, mac, effects);
        effects.Ended("silent");
        LogInteractionTimedOut(parts.Logger, mac, why);
    }

    /// <summary>
    /// A phone that fell silent while it was asked for all its items may take itself for registered: nothing else would
    /// bring it back before its next start.
    /// </summary>
    private void ReadAgain(StoreSession session, string mac, StoredEffects effects)
    {
        if (session.Device(mac) is not { Rejected: false } || session.OpenJobs(mac).Any(job => job.Kind == JobKind.ReadAllItems))
            return;
        var job = parts.Queue.Create(session, new JobRequest { Mac = mac, Kind = JobKind.ReadAllItems });
        effects.Save(session, job.Note(parts.Time.GetUtcNow(), "the phone fell silent before it had told all its items"));
    }

    private async Task ContactAsync(Device device, Activity.Running running)
    {
        var mac = device.Mac;
        using (running)
        {
            var failure = "";
            bool isDue;
            try
            {
                failure = await SendAsync(device);
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                LogSchedulingFailed(parts.Logger, mac, broken);
                failure = "an error of the server";
            }
            finally
            {
                lock (gate)
                    inFlight.Remove(mac, out isDue);
            }

            if (failure.Length > 0 && !stop.IsCancellationRequested)
                await FailedAsync(mac, failure);
            // Else the look that sent the contact-me has said when the phone must have called.
            if (isDue || failure.Length > 0)
                Changed(mac);
        }
    }

    /// <summary>Sends the contact-me.</summary>
    /// <returns>Why it failed, or empty.</returns>
    private async Task<string> SendAsync(Device device)
    {
        var mac = device.Mac;
        var (target, error) = await addresses.FindAsync(device, stop.Token);
        if (target is null)
        {
            parts.Book.Add(mac, new Observation("contact-me-uri", "an address of the phone itself", error, 27));
            return error;
        }

        var request = parts.Options.AdvertisedAddress is { } address
            ? new ContactMeRequest(true, address, parts.PhonePort(device))
            : new ContactMeRequest(true);
        var exchange = await parts.Client.SendAsync(target, request, mac, stop.Token);
        if (exchange.Status == 204)
        {
            LogContacted(parts.Logger, mac, target.Uri.ToString(), 204);
            return "";
        }

        var actual = exchange.Status is { } status ? $"status {status}" : exchange.Error;
        parts.Book.Add(mac, new Observation("contact-me-answer", "204 No Content", actual, 15));
        return actual;
    }

    private async Task FailedAsync(string mac, string why)
    {
        LogContactFailed(parts.Logger, mac, why);
        var effects = new StoredEffects();
        await parts.Database.WriteAsync(mac, session =>
        {
            Store(session, PhoneSchedule.ContactFailed(Situation(session, mac), parts.Options, why), effects);
            return true;
        });
        effects.Tell(parts.Queue, parts.Book, parts.Metrics);
    }

    private PhoneSituation Situation(StoreSession session, string mac)
    {
        bool flying;
        lock (gate)
            flying = IsInFlight(mac);
        return new PhoneSituation(parts.Time.GetUtcNow(), session.Device(mac), session.OpenJobs(mac),
            session.InteractionOf(mac), flying, parts.Scripts.Holds(mac));
    }

    private bool IsInFlight(string mac)
    {
        if (!inFlight.ContainsKey(mac))
            return false;
        inFlight[mac] = true;
        return true;
    }

    private static void Store(StoreSession session, PhonePlan plan, StoredEffects effects)
    {
        foreach (var job in plan.ChangedJobs)
            effects.Save(session, job);
        if (plan.ChangedDevice is { } device)
            session.Save(device);
    }
}
