using NUnit.Framework;
using OpenStage.Benchmarks.Storm;

namespace OpenStage.Performance.Tests;

public sealed class ProcessorTraceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    [Test]
    public void A_wave_costs_what_was_used_from_its_begin_to_its_end()
    {
        var trace = Trace((0, 1, 10), (10, 2, 30), (20, 6, 40), (30, 7, 90));

        var cost = trace.CostOf(new Wave(Start.AddSeconds(10), TimeSpan.FromSeconds(10)));

        Assert.That(cost, Is.EqualTo(new WaveCost(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10))));
    }

    [Test]
    public void Between_two_looks_processor_time_is_taken_as_used_evenly()
    {
        var trace = Trace((0, 0, 0), (10, 10, 20), (20, 40, 20));

        var cost = trace.CostOf(new Wave(Start.AddSeconds(5), TimeSpan.FromSeconds(10)));

        Assert.That(cost, Is.EqualTo(new WaveCost(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10))));
    }

    [TestCase(-1, 5)]
    [TestCase(5, 10)]
    public void A_wave_that_nobody_saw_begin_or_end_has_no_cost(double begun, double seconds)
    {
        var trace = Trace((0, 0, 0), (10, 10, 20));

        Assert.That(() => trace.CostOf(new Wave(Start.AddSeconds(begun), TimeSpan.FromSeconds(seconds))), Throws.InvalidOperationException);
    }

    private static ProcessorTrace Trace(params (double At, double Server, double Load)[] looks)
    {
        var trace = new ProcessorTrace();
        foreach (var (at, server, load) in looks)
            trace.Add(Start.AddSeconds(at), TimeSpan.FromSeconds(server), TimeSpan.FromSeconds(load));
        return trace;
    }
}
