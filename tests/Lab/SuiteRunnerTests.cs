using NUnit.Framework;

namespace OpenStage.Lab.Tests;

[TestFixture]
public sealed class SuiteRunnerTests
{
    [TestCase(7, 2, 5)]
    [TestCase(7, 1, 3)]
    [TestCase(7, 8, 7)]
    [TestCase(1, 2, 1)]
    public void Two_parts_a_processor_and_one_more_run_at_a_time(int parts, int processors, int lanes) =>
        Assert.That(SuiteRunner.Lanes(parts, processors), Is.EqualTo(lanes));
}
