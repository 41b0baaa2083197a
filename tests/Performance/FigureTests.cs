using NUnit.Framework;
using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Storm;

namespace OpenStage.Performance.Tests;

public sealed class FigureTests
{
    [Test]
    public void A_time_of_twice_the_floor_has_the_ratio_2() =>
        Assert.That(Made.Figure(value: 4, floor: 2).Ratio, Is.EqualTo(2));

    [Test]
    public void A_rate_of_half_the_floor_has_the_ratio_2() =>
        Assert.That(Made.Figure(value: 2, floor: 4, better: Better.Higher).Ratio, Is.EqualTo(2));

    [Test]
    public void Without_a_floor_there_is_no_ratio() => Assert.That(Made.Figure(value: 4).Ratio, Is.Null);

    [Test]
    public void With_a_floor_of_nothing_there_is_no_ratio() => Assert.That(Made.Figure(value: 4, floor: 0).Ratio, Is.Null);

    [Test]
    public void Rounds_in_turn_have_the_middle_of_their_own_ratios()
    {
        // The machine is ten times as slow in the last two rounds; the medians would say 40 / 10.
        var figure = Figure.OfRounds("flat.cpu", "ms", Better.Lower, [2, 4, 40, 20, 40], "a floor", [1, 2, 10, 10, 20]);
        Assert.That(figure.Ratio, Is.EqualTo(2));
        Assert.That(figure.Floor, Is.EqualTo(new Spread(10, 1, 20, 5)));
    }

    [Test]
    public void Rates_in_turn_have_the_ratio_of_the_floor_to_them() =>
        Assert.That(Figure.OfRounds("flat.rate", "/s", Better.Higher, [10, 100], "a floor", [20, 400]).Ratio, Is.EqualTo(3));

    [Test]
    public void Rounds_without_a_floor_each_are_refused() =>
        Assert.That(() => Figure.OfRounds("flat.cpu", "ms", Better.Lower, [1, 2], "a floor", [1]), Throws.ArgumentException
            .With.Message.StartsWith("2 rounds have 1 floors; allowed: one each."));

    [Test]
    public void A_round_with_a_floor_of_nothing_leaves_no_ratio_in_turn() =>
        Assert.That(Figure.OfRounds("flat.cpu", "ms", Better.Lower, [1, 2, 3], "a floor", [1, 0, 1]).InTurn, Is.Null);

    [Test]
    public void The_floor_of_a_storm_is_the_middle_of_the_handshakes_before_and_after_it()
    {
        var before = new StormRound(Cost(2, 4, 6), Cost(10, 20, 30), 7, 9);
        var after = new StormRound(Cost(4, 6, 8), Cost(20, 40, 50), 8, 5);
        Assert.That(before.MeanWith(after), Is.EqualTo(new StormRound(Cost(3, 5, 7), Cost(15, 30, 40), 8, 9)));

        static WaveCost Cost(int time, int server, int load) => new(TimeSpan.FromSeconds(time), TimeSpan.FromSeconds(server), TimeSpan.FromSeconds(load));
    }
}
