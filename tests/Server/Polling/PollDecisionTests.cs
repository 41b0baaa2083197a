using NUnit.Framework;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Polling;

namespace OpenStage.Server.Tests.Polling;

/// <summary>WPI guide p.24: which poll brings a call.</summary>
public sealed class PollDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(60);

    [TestCase(JobState.Pending, 0, true)]
    [TestCase(JobState.Pending, 1, false)]
    [TestCase(JobState.Contacting, 1, true)]
    [TestCase(JobState.Running, 0, false)]
    [TestCase(JobState.WaitingForIdle, 0, true)]
    [TestCase(JobState.WaitingForIdle, 1, false)]
    [TestCase(JobState.WaitingForStatus, 0, false)]
    [TestCase(JobState.WaitingForStartUp, 0, false)]
    public void A_phone_calls_for_jobs_that_may_be_done_now(JobState state, int secondsToWait, bool expected) =>
        Assert.That(HasWork([Job(state, secondsToWait)]), Is.EqualTo(expected));

    [Test]
    public void A_phone_without_jobs_does_not_call() => Assert.That(HasWork([]), Is.False);

    [Test]
    public void An_expired_job_brings_no_call() => Assert.That(HasWork([Job(JobState.Pending, 0) with { Expires = Now }]), Is.False);

    [TestCase(60, true)]
    [TestCase(59, false)]
    public void A_phone_does_not_call_into_its_own_open_interaction(int secondsSilent, bool expected) => Assert.That(
        HasWork([Job(JobState.Pending, 0)], new InteractionState { Cookie = "C", Mac = PhoneTalk.Mac, LastMessage = Now.AddSeconds(-secondsSilent) }),
        Is.EqualTo(expected));

    [Test]
    public void An_ended_interaction_is_no_obstacle() => Assert.That(
        HasWork([Job(JobState.Pending, 0)], new InteractionState { Cookie = "C", Mac = PhoneTalk.Mac, LastMessage = Now, Ended = true }), Is.True);

    [TestCase(1, false)]
    [TestCase(0, true)]
    public void Nothing_is_begun_before_a_restart_is_over_or_overdue(int secondsToDeadline, bool expected) => Assert.That(
        HasWork([Job(JobState.Pending, 0), Job(JobState.WaitingForStartUp, 0) with { Deadline = Now.AddSeconds(secondsToDeadline) }]), Is.EqualTo(expected));

    [Test]
    public void A_phone_that_waits_for_its_PIN_calls_for_its_other_jobs() => Assert.That(
        HasWork([Job(JobState.Pending, 0), Job(JobState.WaitingForStartUp, 0) with { Kind = JobKind.SecureMode, Deadline = Now.AddHours(1) }]), Is.True);

    [TestCase(10, 80)]
    [TestCase(30, 120)]
    [TestCase(60, 180)]
    [TestCase(300, 900)]
    public void A_phone_counts_as_polling_for_three_intervals(int interval, int seconds)
    {
        var device = new Device { Mac = PhoneTalk.Mac, Polling = new DevicePolling("http://h/dcmp/", interval), LastPoll = Now };
        Assert.That(PollDecision.PollsUntil(device), Is.EqualTo(Now.AddSeconds(seconds)));
        Assert.That(PollDecision.PollsUntil(device with { LastPoll = null }), Is.Null);
        Assert.That(PollDecision.PollsUntil(device with { Polling = null }), Is.Null);
    }

    private static bool HasWork(IReadOnlyList<Job> jobs, InteractionState? interaction = null) =>
        PollDecision.HasWork(jobs, interaction, ReplyTimeout, Now);

    private static Job Job(JobState state, int secondsToWait) => new()
    {
        Id = 1,
        Mac = PhoneTalk.Mac,
        Kind = JobKind.Contact,
        State = state,
        Created = Now,
        NotBefore = Now.AddSeconds(secondsToWait),
        Expires = Now.AddHours(1),
    };
}
