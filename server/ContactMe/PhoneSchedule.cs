using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Polling;

namespace OpenStage.Server.ContactMe;

/// <summary>Decides what is due for one phone: a pure function of its situation.</summary>
internal sealed class PhoneSchedule
{
    private static readonly TimeSpan DefaultContactGap = TimeSpan.FromSeconds(300);

    /// <summary>How many contact intervals a phone is left alone after one, two, three, four and more contact-me that brought no call.</summary>
    private static readonly int[] Pauses = [1, 2, 5, 15];

    private readonly PhoneSituation now;
    private readonly ServerOptions options;
    private readonly SortedDictionary<long, Job> jobs;
    private readonly HashSet<long> changed = [];
    private Device? device;
    private DateTimeOffset? nextDue;

    private PhoneSchedule(PhoneSituation now, ServerOptions options)
    {
        this.now = now;
        this.options = options;
        device = now.Device;
        jobs = new SortedDictionary<long, Job>(now.Jobs.ToDictionary(job => job.Id));
    }

    private bool InteractionOpen => now.Interaction is { Ended: false };

    public static PhonePlan Plan(PhoneSituation situation, ServerOptions options)
    {
        if (situation.Interaction is { Ended: false } open && open.LastMessage + options.ReplyTimeout <= situation.Now)
            return new PhonePlan { InteractionTimedOut = true };
        return new PhoneSchedule(situation, options).Plan();
    }

    /// <summary>A contact-me brought no call: its jobs are pending again, and the next waits longer.</summary>
    public static PhonePlan ContactFailed(PhoneSituation situation, ServerOptions options, string why)
    {
        var schedule = new PhoneSchedule(situation, options);
        schedule.NoCall(why);
        return schedule.Done(contact: false);
    }

    private PhonePlan Plan()
    {
        if (now.Interaction is { Ended: false } open)
            Look(open.LastMessage + options.ReplyTimeout);
        EndOverdueJobs();
        if (jobs.Values.Any(job => job.State == JobState.Contacting) && !now.InFlight)
        {
            var until = (device?.LastContact ?? DateTimeOffset.MinValue) + options.CallBackTimeout;
            if (until <= now.Now)
                NoCall($"no call within {options.CallBackTimeout.TotalSeconds:0} s");
            else
                Look(until);
        }

        return Done(contact: ContactIfDue());
    }

    private void EndOverdueJobs()
    {
        foreach (var job in jobs.Values.ToList())
        {
            if (job.State == JobState.Running)
            {
                // An interaction always goes with it; if none does, the store was not written by this program alone.
                if (!InteractionOpen)
                    Change(job.BreakOff(now.Now, "its interaction is gone"));
            }
            else if (job.State == JobState.WaitingForStartUp && job.Deadline <= now.Now)
                Change(job.To(JobState.Failed, now.Now, "no start-up in time"));
            else if (job.State == JobState.WaitingForStatus && job.Deadline <= now.Now)
                Change((job with { IsUnreported = true, NotBefore = now.Now }).To(JobState.Pending, now.Now, "no status in time; the phone is asked which files it has"));
            else if (job.Expires <= now.Now)
                Change(job.To(JobState.Expired, now.Now, "expired"));
            else
            {
                Look(job.Expires);
                if (job.Deadline is { } deadline)
                    Look(deadline);
            }
        }
    }

    private void NoCall(string why)
    {
        foreach (var job in jobs.Values.Where(job => job.State == JobState.Contacting).ToList())
            Change(job.To(JobState.Pending, now.Now, $"contact-me: {why}"));
        if (device is { } known)
            device = known with { ContactFailures = Math.Min(known.ContactFailures + 1, Pauses.Length) };
    }

    private bool ContactIfDue()
    {
        if (device is not { } known || now.InFlight || now.Scripted || InteractionOpen
            || jobs.Values.Any(job => job.State == JobState.Contacting || IsRestarting(job)))
            return false;
        var candidates = jobs.Values.Where(job => job.State is JobState.Pending or JobState.WaitingForIdle).ToList();
        if (candidates.Count == 0)
            return false;

        // Restraint is owed to the phone, whatever the job: within the gap it ignores a contact-me, and more than one a
        // minute may crash its web server (field).
        var due = candidates.Min(job => job.NotBefore);
        var allowed = AllowedAt(known);
        if (due > now.Now || allowed > now.Now)
        {
            Look(due > allowed ? due : allowed);
            return false;
        }

        // A phone behind NAT hears no contact-me; the jobs wait for its poll, as long as it polls (WPI guide p.24).
        if (PollDecision.PollsUntil(known) is { } polls && polls > now.Now)
        {
            Look(polls);
            return false;
        }

        foreach (var job in candidates.Where(job => job.NotBefore <= now.Now))
            Change(job.To(JobState.Contacting, now.Now, "contact-me sent"));
        device = known with { LastContact = now.Now };
        Look(now.Now + options.CallBackTimeout);
        return true;
    }

    /// <summary>A phone that waits for a PIN can be called; one that loads software or restarts cannot.</summary>
    private static bool IsRestarting(Job job) => job is { State: JobState.WaitingForStartUp, Kind: not JobKind.SecureMode };

    private DateTimeOffset AllowedAt(Device known)
    {
        var allowed = DateTimeOffset.MinValue;
        if (known.LastContact is { } contact)
        {
            var intervals = known.ContactFailures == 0 ? 1 : Pauses[Math.Min(known.ContactFailures, Pauses.Length) - 1];
            allowed = contact + (intervals * options.ContactInterval);
        }

        var gap = options.ContactGap
            ?? (known.ContactGapSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultContactGap);
        if (known.LastCallBack is { } callBack && callBack + gap > allowed)
            allowed = callBack + gap;
        return allowed;
    }

    private PhonePlan Done(bool contact) => new()
    {
        ChangedJobs = [.. changed.Order().Select(id => jobs[id])],
        ChangedDevice = device == now.Device ? null : device,
        Contact = contact,
        NextDue = nextDue,
    };

    private void Change(Job job)
    {
        jobs[job.Id] = job;
        changed.Add(job.Id);
    }

    private void Look(DateTimeOffset at)
    {
        if (nextDue is null || at < nextDue)
            nextDue = at;
    }
}
