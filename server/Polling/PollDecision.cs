using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Polling;

/// <summary>What polling has to do with jobs and contact-me: pure functions.</summary>
internal static class PollDecision
{
    /// <summary>A poll is taken down at most once in this time, to spare the store.</summary>
    public static readonly TimeSpan RecordInterval = TimeSpan.FromMinutes(1);

    /// <summary>True when a phone that polls now is to call: it has work that may be done at once (WPI guide p.24).</summary>
    /// <param name="jobs">Jobs of the phone that are not over.</param>
    /// <param name="interaction">The phone's last interaction, or null.</param>
    public static bool HasWork(IReadOnlyList<Job> jobs, InteractionState? interaction, TimeSpan replyTimeout, DateTimeOffset now)
    {
        // A call now would break off what goes on with the phone, or race its restart; the next poll finds the same work.
        if (interaction is { Ended: false } open && open.LastMessage + replyTimeout > now)
            return false;
        return !jobs.Any(job => IsRestarting(job, now)) && jobs.Any(job => MayBeDone(job, now));
    }

    /// <summary>True when a poll of this phone is to be taken down.</summary>
    public static bool IsToRecord(Device device, DateTimeOffset now) => device.LastPoll is not { } last || last + RecordInterval <= now;

    /// <summary>Until when a phone that polled counts as one that polls, three intervals; null when it does not poll.</summary>
    public static DateTimeOffset? PollsUntil(Device device)
    {
        if (device is not { Polling: { } polling, LastPoll: { } last })
            return null;
        // Of a phone that polls more than once a minute the last poll on record may be a minute old.
        var interval = TimeSpan.FromSeconds(polling.IntervalSeconds);
        return last + (2 * interval) + (interval > RecordInterval ? interval : RecordInterval);
    }

    /// <summary>A phone that waits for a PIN can call; one that loads software or restarts cannot.</summary>
    private static bool IsRestarting(Job job, DateTimeOffset now) =>
        job is { State: JobState.WaitingForStartUp, Kind: not JobKind.SecureMode } && !(job.Deadline <= now);

    private static bool MayBeDone(Job job, DateTimeOffset now) => job.Expires > now && job.State switch
    {
        JobState.Contacting => true,
        JobState.Pending or JobState.WaitingForIdle => job.NotBefore <= now,
        _ => false,
    };
}
