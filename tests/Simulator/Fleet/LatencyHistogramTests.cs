using NUnit.Framework;
using OpenStage.Simulator.Fleet;

namespace OpenStage.Simulator.Tests.Fleet;

[TestFixture]
public sealed class LatencyHistogramTests
{
    [Test]
    public void Percentiles_of_a_thousand_times_are_at_most_seven_percent_too_high()
    {
        var histogram = new LatencyHistogram();
        for (var number = 1; number <= 1000; number++)
            histogram.Add(TimeSpan.FromMilliseconds(number));

        Assert.That(histogram.Percentile(0.5), Is.InRange(500, 500 * 1.07));
        Assert.That(histogram.Percentile(0.95), Is.InRange(950, 950 * 1.07));
        Assert.That(histogram.Percentile(0.99), Is.InRange(990, 990 * 1.07));
        Assert.That(histogram.Percentile(1), Is.InRange(1000, 1000 * 1.07));
        Assert.That(histogram.Count, Is.EqualTo(1000));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(1000)]
    [TestCase(123_456)]
    [TestCase(59_999_999)]
    public void One_time_is_found_again_within_its_bucket(int microseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromMicroseconds(microseconds));
        Assert.That(histogram.Percentile(0.5) * 1000, Is.InRange(microseconds, microseconds * 1.0626));
    }

    [Test]
    public void Times_beyond_all_buckets_and_before_zero_are_counted_all_the_same()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.FromDays(400));
        histogram.Add(TimeSpan.FromSeconds(-1));
        Assert.That(histogram.Count, Is.EqualTo(2));
        Assert.That(histogram.Percentile(0.5), Is.Zero);
        Assert.That(histogram.Percentile(1), Is.GreaterThan(TimeSpan.FromHours(1).TotalMilliseconds));
    }

    [Test]
    public void Without_times_there_is_no_percentile() => Assert.That(new LatencyHistogram().Percentile(0.5), Is.Zero);

    [Test]
    public void Times_of_two_machines_add_up_to_what_one_would_have_counted()
    {
        var (one, two, both) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        for (var number = 1; number <= 300; number++)
        {
            (number % 3 == 0 ? one : two).Add(TimeSpan.FromMicroseconds(number * 77));
            both.Add(TimeSpan.FromMicroseconds(number * 77));
        }

        var sum = FleetLatency.Sum([FleetLatency.Of(one), FleetLatency.Of(two)]);
        Assert.That((sum.Count, sum.P50, sum.P95, sum.P99, sum.Longest), Is.EqualTo((300L, both.Percentile(0.5), both.Percentile(0.95), both.Percentile(0.99), both.Percentile(1))));
    }
}
