using System.Net;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;

namespace OpenStage.Server.ContactMe;

/// <summary>
/// Brings jobs on: contacts phones when they may be contacted, and ends what takes too long. It wakes by a signal or at
/// the next due time and never polls; all it knows is in the store, so a restart loses nothing.
/// </summary>
internal sealed partial class ContactScheduler : IPhoneWatch, IAsyncDisposable
{
    /// <summary>The longest a timer is set for; then it is looked again.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    /// <summary>When a phone is looked at again that could not be looked at, such as while the store is away.</summary>
    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly HashSet<string> signalled = [];
    private readonly HashSet<string> inFlight = [];
    private readonly DueTimes due = new();
    private readonly CancellationTokenSource stop = new();
    private readonly SchedulerParts parts;
    private readonly ContactAddress addresses;
    private readonly ITimer timer;
    private Task loop = Task.CompletedTask;

    /// <summary>When the timer fires, if not before: one that fires early is set again.</summary>
    private DateTimeOffset timerAt = DateTimeOffset.MaxValue;
    private bool looping;

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
            signalled.Add(mac);
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
            var plan = PhoneSchedule.Plan(situation with { InFlight = inFlight.Contains(mac), Scripted = parts.Scripts.Holds(mac) }, parts.Options);
            if (plan is { Contact: false, InteractionTimedOut: false, ChangedDevice: null, ChangedJobs.Count: 0 } && !signalled.Contains(mac))
            {
                due.Set(mac, plan.NextDue);
                if (!looping && plan.NextDue < timerAt)
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
        Task last;
        lock (gate)
            last = loop;

        await timer.DisposeAsync();
        await last;
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
            signalled.UnionWith(due.Take(parts.Time.GetUtcNow()));
            StartLoop();
        }
    }

    private void StartLoop()
    {
        if (looping)
            return;
        looping = true;
        var running = parts.Activity.Begin();
        loop = Task.Run(() => Loop(running));
    }

    private void Loop(Activity.Running running)
    {
        // The message that woke the loop did not cause what is done here for other phones.
        System.Diagnostics.Activity.Current = null;
        using (running)
        {
            while (NextSignalled() is { } mac)
            {
                try
                {
                    Look(mac);
                }
                catch (Exception broken) when (broken is not OutOfMemoryException)
                {
                    // One phone's trouble must not stop the others', and must not be forgotten either.
                    LogSchedulingFailed(parts.Logger, mac, broken);
                    lock (gate)
                        due.Set(mac, parts.Time.GetUtcNow() + RetryAfterTrouble);
                }
            }
        }
    }

    private string? NextSignalled()
    {
        lock (gate)
        {
            while (!stop.IsCancellationRequested)
            {
                if (signalled.FirstOrDefault() is { } mac)
                {
                    signalled.Remove(mac);
                    return mac;
                }

                if (due.Earliest() is not { } at)
                    break;
                var wait = at - parts.Time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    SetTimer(at);
                    break;
                }

                signalled.UnionWith(due.Take(parts.Time.GetUtcNow()));
            }

            looping = false;
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

    private void Look(string mac)
    {
        var effects = new StoredEffects();
        var plan = parts.Database.Write(mac, session =>
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
            return next;
        });
        if (plan.Contact)
        {
            lock (gate)
                inFlight.Add(mac);
        }

        effects.Tell(parts.Queue, parts.Book, parts.Metrics);
        if (plan.Contact)
            _ = ContactAsync(mac, parts.Activity.Begin());
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

    private async Task ContactAsync(string mac, Activity.Running running)
    {
        using (running)
        {
            var failure = "";
            try
            {
                failure = await SendAsync(mac);
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                LogSchedulingFailed(parts.Logger, mac, broken);
                failure = "an error of the server";
            }
            finally
            {
                lock (gate)
                    inFlight.Remove(mac);
            }

            if (failure.Length > 0 && !stop.IsCancellationRequested)
                Failed(mac, failure);
            Changed(mac);
        }
    }

    /// <summary>Sends the contact-me.</summary>
    /// <returns>Why it failed, or empty.</returns>
    private async Task<string> SendAsync(string mac)
    {
        var device = parts.Database.Read(session => session.Device(mac))!;
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

    private void Failed(string mac, string why)
    {
        LogContactFailed(parts.Logger, mac, why);
        var effects = new StoredEffects();
        parts.Database.Write(mac, session =>
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
            flying = inFlight.Contains(mac);
        return new PhoneSituation(parts.Time.GetUtcNow(), session.Device(mac), session.OpenJobs(mac),
            session.InteractionOf(mac), flying, parts.Scripts.Holds(mac));
    }

    private static void Store(StoreSession session, PhonePlan plan, StoredEffects effects)
    {
        foreach (var job in plan.ChangedJobs)
            effects.Save(session, job);
        if (plan.ChangedDevice is { } device)
            session.Save(device);
    }
}
