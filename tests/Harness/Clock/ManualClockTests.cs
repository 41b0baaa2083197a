using NUnit.Framework;
using OpenStage.Harness.Clock;

namespace OpenStage.Harness.Tests.Clock;

/// <summary>Virtual time: what stands still, what falls due, and in which order.</summary>
public sealed class ManualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private ManualClock clock = null!;
    private List<string> fired = null!;

    [SetUp]
    public void Prepare()
    {
        clock = new ManualClock(Start);
        fired = [];
    }

    [Test]
    public void It_stands_still_until_it_is_advanced()
    {
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start));
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start));
        clock.Advance(TimeSpan.FromSeconds(90));
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(90)));
        clock.Advance(TimeSpan.Zero);
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(90)));
    }

    [Test]
    public void Its_local_time_is_that_of_every_machine()
    {
        Assert.That(clock.LocalTimeZone, Is.EqualTo(TimeZoneInfo.Utc));
        Assert.That(clock.GetLocalNow(), Is.EqualTo(clock.GetUtcNow()));
    }

    [Test]
    public void It_does_not_go_back()
    {
        var now = clock.GetUtcNow();
        Assert.That(() => clock.Advance(TimeSpan.FromTicks(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(clock.GetUtcNow(), Is.EqualTo(now));
    }

    [TestCase(1)]
    [TestCase(3600)]
    [TestCase(315_360_000)]
    public void Timestamps_are_in_units_of_their_own_and_measure_the_time_gone_by(int seconds)
    {
        var begun = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.That(clock.TimestampFrequency, Is.Not.EqualTo(TimeSpan.TicksPerSecond));
        Assert.That(clock.GetTimestamp() - begun, Is.EqualTo(seconds * clock.TimestampFrequency));
        Assert.That(clock.GetElapsedTime(begun), Is.EqualTo(TimeSpan.FromSeconds(seconds)).Within(TimeSpan.FromMicroseconds(1)));
    }

    [Test]
    public void Timers_fall_due_in_order_each_at_its_own_time_and_on_the_thread_that_advances()
    {
        var thread = Environment.CurrentManagedThreadId;
        using var late = Timer("late", 30);
        using var early = Timer("early", 10);
        using var alsoLate = Timer("also late", 30);
        Assert.That(clock.NextDue, Is.EqualTo(Start.AddSeconds(10)));
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.That(fired, Is.Empty);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(fired, Is.EqualTo(new[] { $"early 10 {thread}", $"late 30 {thread}", $"also late 30 {thread}" }));
        Assert.That(clock.NextDue, Is.Null);
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start.AddSeconds(69)));
    }

    [Test]
    public void A_timer_is_due_exactly_at_its_time()
    {
        using var timer = Timer("timer", 10);
        clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.That(fired, Is.Empty);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(fired, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_periodic_timer_fires_once_a_period_until_it_is_disposed()
    {
        var times = new List<double>();
        var timer = clock.CreateTimer(_ => times.Add(Seconds()), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.That(times, Is.EqualTo(new[] { 5.0, 25, 45 }));
        timer.Dispose();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.That(times, Has.Count.EqualTo(3));
        Assert.That(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan), Is.False);
        Assert.That(clock.NextDue, Is.Null);
    }

    [Test]
    public void A_timer_set_by_a_timer_on_the_way_runs_on_the_same_way()
    {
        ITimer? second = null;
        using var first = clock.CreateTimer(_ => second = Timer("second", 5), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.That(fired.Single(), Does.StartWith("second 15 "));
        second!.Dispose();
    }

    [Test]
    public void A_timer_can_be_stopped_and_set_again_by_what_runs_before_it()
    {
        using var stopped = Timer("stopped", 20);
        using var moved = Timer("moved", 20);
        using var first = clock.CreateTimer(_ =>
        {
            stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            moved.Change(TimeSpan.FromSeconds(30), Timeout.InfiniteTimeSpan);
        }, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(39));
        Assert.That(fired, Is.Empty);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(fired.Single(), Does.StartWith("moved 40 "));
    }

    [Test]
    public async Task A_timer_that_is_due_at_once_runs_without_time_going_by_but_not_inside_its_making()
    {
        var ran = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var made = false;
        var gate = new Lock();
        ITimer timer;
        lock (gate)
        {
            timer = clock.CreateTimer(_ =>
            {
                lock (gate)
                    ran.TrySetResult(made);
            }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            made = true;
        }

        Assert.That(await ran.Task.WaitAsync(TimeSpan.FromSeconds(10)), Is.True);
        Assert.That(clock.GetUtcNow(), Is.EqualTo(Start));
        await timer.DisposeAsync();
    }

    [Test]
    public async Task What_waits_by_this_clock_waits_for_it_alone()
    {
        var delay = Task.Delay(TimeSpan.FromDays(1), clock);
        using var limit = new CancellationTokenSource(TimeSpan.FromHours(2), clock);
        clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.That(limit.IsCancellationRequested, Is.False);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(limit.IsCancellationRequested, Is.True);
        Assert.That(delay.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromHours(22));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(clock.NextDue, Is.Null);
    }

    [Test]
    public void Timers_set_from_many_threads_are_all_kept()
    {
        var count = 0;
        var timers = new ITimer[1000];
        Parallel.For(0, timers.Length, number => timers[number] =
            clock.CreateTimer(_ => Interlocked.Increment(ref count), null, TimeSpan.FromSeconds(1 + (number % 7)), Timeout.InfiniteTimeSpan));
        clock.Advance(TimeSpan.FromSeconds(7));
        Assert.That(count, Is.EqualTo(timers.Length));
        foreach (var timer in timers)
            timer.Dispose();
    }

    private ITimer Timer(string name, int seconds) => clock.CreateTimer(
        _ => fired.Add($"{name} {Seconds()} {Environment.CurrentManagedThreadId}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private double Seconds() => (clock.GetUtcNow() - Start).TotalSeconds;
}
