using NUnit.Framework;
using OpenStage.Benchmarks.Figures;

namespace OpenStage.Performance.Tests;

public sealed class SpreadTests
{
    [Test]
    public void The_median_of_an_odd_number_of_rounds_is_the_middle_one() =>
        Assert.That(Spread.Of([9, 1, 2]), Is.EqualTo(new Spread(2, 1, 9, 3)));

    [Test]
    public void The_median_of_an_even_number_of_rounds_is_between_the_two_in_the_middle() =>
        Assert.That(Spread.Of([8, 1, 2, 4]), Is.EqualTo(new Spread(3, 1, 8, 4)));

    [Test]
    public void One_slow_round_does_not_move_the_median() =>
        Assert.That(Spread.Of([1, 1, 1, 1, 1000]).Median, Is.EqualTo(1));

    [TestCase(new double[0])]
    [TestCase(new[] { 1, double.NaN })]
    [TestCase(new[] { 1, double.PositiveInfinity })]
    public void No_rounds_and_rounds_without_a_number_are_refused(double[] values) =>
        Assert.That(() => Spread.Of(values), Throws.ArgumentException);
}
