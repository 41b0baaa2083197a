using NUnit.Framework;
using OpenStage.Benchmarks.Figures;

namespace OpenStage.Performance.Tests;

public sealed class ComparisonTests
{
    [Test]
    public void Figures_with_a_floor_are_compared_by_their_ratios_so_that_a_slower_machine_makes_nothing_worse()
    {
        var comparison = Only(Made.Figure(value: 4, floor: 2), Made.Figure(value: 40, floor: 20));

        Assert.Multiple(() =>
        {
            Assert.That(comparison.Factor, Is.EqualTo(1));
            Assert.That(comparison.IsToFloor, Is.True);
        });
    }

    [Test]
    public void Figures_without_a_floor_are_compared_as_they_are()
    {
        var comparison = Only(Made.Figure(value: 4), Made.Figure(value: 6));

        Assert.Multiple(() =>
        {
            Assert.That(comparison.Factor, Is.EqualTo(1.5));
            Assert.That(comparison.IsToFloor, Is.False);
        });
    }

    [Test]
    public void A_rate_that_halves_is_twice_as_bad() =>
        Assert.That(Only(Made.Figure(value: 4, better: Better.Higher), Made.Figure(value: 2, better: Better.Higher)).Factor, Is.EqualTo(2));

    [TestCase(1.25, false)]
    [TestCase(1.26, true)]
    [TestCase(0.5, false)]
    public void What_is_worse_by_more_than_the_allowed_share_is_worse(double now, bool isWorse) =>
        Assert.That(Only(Made.Figure(value: 1), Made.Figure(value: now)).IsWorse(0.25), Is.EqualTo(isWorse));

    [Test]
    public void From_nothing_to_something_is_worse() =>
        Assert.That(Only(Made.Figure(value: 0), Made.Figure(value: 1)).IsWorse(1000), Is.True);

    [Test]
    public void Nothing_twice_is_the_same() =>
        Assert.That(Only(Made.Figure(value: 0), Made.Figure(value: 0)).Factor, Is.EqualTo(1));

    [Test]
    public void What_only_one_of_the_files_has_is_not_compared() =>
        Assert.That(Comparison.Of([Made.Figure(1, name: "old")], [Made.Figure(1, name: "new")]), Is.Empty);

    [Test]
    public void Figures_of_other_units_are_not_compared() =>
        Assert.That(Comparison.Of([Made.Figure(1, unit: "ms")], [Made.Figure(1, unit: "us")]), Is.Empty);

    private static Comparison Only(Figure before, Figure now) => Comparison.Of([before], [now]).Single();
}
