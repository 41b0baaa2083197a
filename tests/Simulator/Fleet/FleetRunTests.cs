using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Simulator.Fleet;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Tests.Wire;

namespace OpenStage.Simulator.Tests.Fleet;

/// <summary>Fleets in virtual time, against a service that answers with CleanUp.</summary>
[TestFixture]
public sealed class FleetRunTests
{
    private readonly ManualClock clock = new();
    private readonly CountingTime time;
    private RecordingService service = null!;
    private X509Certificate2 certificate = null!;

    public FleetRunTests() => time = new CountingTime(clock);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        certificate = TestCertificates.SelfSigned("CN=fleet");
        service = await RecordingService.StartAsync(certificate);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await service.DisposeAsync();
        certificate.Dispose();
    }

    [Test]
    public async Task Three_hundred_phones_boot_at_once_through_few_places_and_all_are_served()
    {
        await using var run = Run(300, 1, new FleetArrival(), places: 3);
        var come = run.ComeAsync(CancellationToken.None);
        Assert.That(run.Meter.Standing(PhoneStanding.Off), Is.LessThanOrEqualTo(300));
        await SettleAsync(run);
        Assert.That(run.Meter.Standing(PhoneStanding.Booting), Is.EqualTo(300));

        clock.Advance(Phone.BootTime);
        await SettleAsync(run);
        await come;

        Assert.That(run.Meter.Standing(PhoneStanding.Resting), Is.EqualTo(300));
        Assert.That((run.Meter.Interactions, run.Meter.Messages, run.Meter.Connect.Count, run.Meter.Handshake.Count, run.Meter.Answer.Count), Is.EqualTo((300, 300, 300, 300, 300)));
        // The service of the test writes less than the guide asks for, which is observed.
        Assert.That(run.Meter.Errors.Where(error => error.Kind is not ("nonce-not-echoed" or "namespace")), Is.Empty);
        var answer = run.Answers.Single();
        Assert.That((answer.Question, answer.Asked, answer.Phones, answer.Done, answer.Seconds), Is.EqualTo((FleetQuestion.SteadyAfterBoot, true, 300, 300, 20.0)));
        Assert.That(service.Requests.Select(request => request.Body).Count(body => body.Contains(">start-up<", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(300));
    }

    [Test]
    public async Task A_ramp_switches_on_so_many_phones_a_second()
    {
        await using var run = Run(20, 2, new FleetArrival { Kind = ArrivalKind.Ramp, PhonesPerSecond = 4 });
        var come = run.ComeAsync(CancellationToken.None);
        await PassAsync(run, TimeSpan.Zero);
        Assert.That(run.Meter.Standing(PhoneStanding.Booting), Is.EqualTo(1));

        await PassAsync(run, TimeSpan.FromSeconds(2));
        Assert.That(run.Meter.Standing(PhoneStanding.Booting), Is.EqualTo(9));
        Assert.That(run.Meter.Standing(PhoneStanding.Off), Is.EqualTo(11));

        await PassAsync(run, TimeSpan.FromSeconds(2.75) + Phone.BootTime);
        await come;
        Assert.That(run.Answers.Single().Done, Is.EqualTo(20));
    }

    [Test]
    public async Task A_blackout_takes_the_power_of_all_and_gives_it_back_within_the_jitter()
    {
        var arrival = new FleetArrival { Kind = ArrivalKind.Blackout, PhonesPerSecond = 10_000, OffSeconds = 60, JitterSeconds = 10 };
        await using var run = Run(40, 3, arrival);
        var come = run.ComeAsync(CancellationToken.None);
        await PassAsync(run, arrival.Comes(39) + Phone.BootTime);
        await UntilAsync(() => run.Meter.Standing(PhoneStanding.Off) == 40 && clock.NextDue == clock.GetUtcNow() + TimeSpan.FromSeconds(60));
        Assert.That(run.Meter.Interactions, Is.EqualTo(40));

        var before = time.Timers;
        clock.Advance(TimeSpan.FromSeconds(60));
        // One a phone, and one for the patience of the run.
        await UntilAsync(() => time.Timers == before + 41);
        await PassAsync(run, TimeSpan.FromSeconds(5));
        Assert.That(run.Meter.Standing(PhoneStanding.Booting), Is.EqualTo(20).Within(3));

        await PassAsync(run, TimeSpan.FromSeconds(5) + Phone.BootTime);
        await come;
        Assert.That(run.Meter.Interactions, Is.EqualTo(80));
        Assert.That(run.Answers.Select(answer => answer.Question), Is.EqualTo([FleetQuestion.UpAtFirst, FleetQuestion.SteadyAfterBoot]));
        Assert.That(run.Answers[0], Has.Property(nameof(FleetAnswer.Done)).EqualTo(40).And.Property(nameof(FleetAnswer.Seconds)).InRange(20.0, 20.1));
        Assert.That(run.Answers[1], Has.Property(nameof(FleetAnswer.Done)).EqualTo(40).And.Property(nameof(FleetAnswer.Seconds)).InRange(29.0, 30.0));
    }

    [Test]
    public async Task A_rolling_restart_waits_for_each_group()
    {
        var arrival = new FleetArrival { Kind = ArrivalKind.RollingRestart, PhonesPerSecond = 10_000, AtOnce = 4 };
        await using var run = Run(10, 4, arrival);
        var come = run.ComeAsync(CancellationToken.None);
        await PassAsync(run, arrival.Comes(9) + Phone.BootTime);
        foreach (var (ended, group) in new[] { (10, 4), (14, 4), (18, 2) })
        {
            await UntilAsync(() => run.Meter.Interactions == ended && run.Meter.Standing(PhoneStanding.Booting) == group);
            await PassAsync(run, Phone.BootTime);
        }

        await come;
        Assert.That(run.Meter.Interactions, Is.EqualTo(20));
        Assert.That(run.Answers[1], Has.Property(nameof(FleetAnswer.Done)).EqualTo(10).And.Property(nameof(FleetAnswer.Seconds)).EqualTo(60.0));
    }

    [Test]
    public async Task Phones_that_nobody_answers_are_counted_as_failed_with_the_kind_of_error()
    {
        await using var run = Run(5, 5, new FleetArrival(), server: new Uri("https://127.0.0.1:1"), patience: 100);
        var come = run.ComeAsync(CancellationToken.None);
        for (var seconds = 0; seconds < 110; seconds += 2)
        {
            await SettleAsync(run);
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        await come;
        Assert.That(run.Meter.Standing(PhoneStanding.Failed), Is.EqualTo(5));
        Assert.That(run.Meter.Errors, Is.EqualTo(new[] { new FleetError("connection refused", 20), new FleetError("service-unreachable", 5) }));
        Assert.That(run.Answers.Single(), Has.Property(nameof(FleetAnswer.Done)).Zero.And.Property(nameof(FleetAnswer.IsGood)).False);
    }

    [Test]
    public async Task Without_an_administration_the_other_questions_are_said_to_be_open()
    {
        await using var run = Run(1, 6, new FleetArrival());
        await run.AskAsync(null, CancellationToken.None);
        Assert.That(run.Answers.Select(answer => answer.Question), Is.EqualTo(Enum.GetValues<FleetQuestion>().Skip(2)));
        Assert.That(run.Answers.Select(answer => (answer.Asked, answer.Note)), Has.All.EqualTo((false, "not asked: --admin was not given")));
    }

    private FleetRun Run(int count, int net, FleetArrival arrival, int places = 4, Uri? server = null, int patience = 900)
    {
        var plan = new FleetPlan
        {
            Server = server ?? service.Url,
            Count = count,
            Addresses = FleetAddresses.From("00:1A:E8:10:00:00", $"127.61.{net * 2}.1", count),
            Models = [new FleetModel("OpenStage 40", null, 1), new FleetModel("OpenStage 15", null, 1)],
            Arrival = arrival,
            Handshakes = places,
            PatienceSeconds = patience,
        };
        var run = new FleetRun(plan, FleetShard.Whole, new PhoneSurroundings { Time = time });
        run.Create(CancellationToken.None);
        return run;
    }

    private static async Task SettleAsync(FleetRun run)
    {
        foreach (var member in run.Members)
            await member.Phone.WhenIdleAsync(CancellationToken.None);
    }

    /// <summary>Lets time go by from timer to timer; what a phone does then sets timers of its own.</summary>
    private async Task PassAsync(FleetRun run, TimeSpan span)
    {
        var end = clock.GetUtcNow() + span;
        await SettleAsync(run);
        while (clock.NextDue is { } due && due <= end)
        {
            clock.Advance(due - clock.GetUtcNow());
            await SettleAsync(run);
        }

        clock.Advance(end - clock.GetUtcNow());
        await SettleAsync(run);
    }

    /// <summary>Lets the run go on until it is where the test wants it; no time of the clock goes by.</summary>
    private static async Task UntilAsync(Func<bool> isThere)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isThere())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>The clock, and how many timers were made: so a test knows when all are there.</summary>
    private sealed class CountingTime(ManualClock clock) : TimeProvider
    {
        private int timers;

        public int Timers => Volatile.Read(ref timers);

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = clock.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref timers);
            return timer;
        }
    }
}
