using NUnit.Framework;
using OpenStage.Benchmarks.Figures;

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
}
