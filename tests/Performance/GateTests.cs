using NUnit.Framework;
using OpenStage.Benchmarks.Gate;

namespace OpenStage.Performance.Tests;

public sealed class GateTests
{
    private static readonly GateEntry Expected = new("read-reply", AllocatedBytes: 1000, Ratio: 2);

    [TestCase(1000, 2, 0)]
    [TestCase(1000, 0.5, 0, Description = "faster")]
    [TestCase(1000, 2.5, 0, Description = "a quarter slower")]
    [TestCase(1000, 2.6, 1, Description = "slower than that")]
    [TestCase(1000, double.NaN, 1, Description = "no number")]
    [TestCase(1001, 2, 1, Description = "one byte more")]
    [TestCase(999, 2, 1, Description = "one byte less: to be recorded")]
    [TestCase(1001, 9, 2, Description = "both")]
    public void Allocations_count_exactly_and_ratios_within_a_quarter(long bytes, double ratio, int problems) =>
        Assert.That(GateCheck.Problems([Expected], [new GateEntry("read-reply", bytes, ratio)]), Has.Count.EqualTo(problems));

    [Test]
    public void A_problem_names_operation_value_and_what_is_allowed() => Assert.That(
        GateCheck.Problems([Expected], [new GateEntry("read-reply", 1024, 3)]),
        Is.EqualTo(new[]
        {
            "read-reply allocates 1024 bytes; allowed: exactly 1000.",
            "read-reply takes 3 times its floor; allowed: at most 2.5, which is 2 and 25 %.",
        }));

    [Test]
    public void What_is_in_only_one_of_file_and_program_is_a_problem() => Assert.That(
        GateCheck.Problems([Expected], [Expected with { Name = "write-reply" }]),
        Is.EqualTo(new[] { "read-reply is in the file, but no operation of this program.", "write-reply is measured, but not in the file: record it." }));
}
