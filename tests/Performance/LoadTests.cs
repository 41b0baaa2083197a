using NUnit.Framework;
using OpenStage.Benchmarks.Load;

namespace OpenStage.Performance.Tests;

public sealed class LoadTests
{
    [Test]
    public void A_limit_of_sessions_lets_exactly_so_many_begin()
    {
        var running = new LoadLimit(null, 3).Begin();

        Assert.That(Enumerable.Range(0, 10).Count(_ => running.TakeOne()), Is.EqualTo(3));
    }

    [Test]
    public void A_limit_of_no_time_lets_none_begin() => Assert.That(new LoadLimit(TimeSpan.Zero, null).Begin().TakeOne(), Is.False);

    [Test]
    public void Costs_and_rates_are_of_one_session()
    {
        var round = new LoadRound(4, TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(4),
            [.. Enumerable.Range(1, 4).Select(number => TimeSpan.FromMilliseconds(number))]);

        Assert.Multiple(() =>
        {
            Assert.That(round.ServerMilliseconds, Is.EqualTo(2));
            Assert.That(round.ServerSystemMilliseconds, Is.EqualTo(0.5));
            Assert.That(round.LoadMilliseconds, Is.EqualTo(1));
            Assert.That(round.Rate, Is.EqualTo(2));
            Assert.That(round.Latency(0.5), Is.EqualTo(TimeSpan.FromMilliseconds(3)));
            Assert.That(round.Latency(1), Is.EqualTo(TimeSpan.FromMilliseconds(4)));
        });
    }
}
