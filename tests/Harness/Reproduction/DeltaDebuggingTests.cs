using NUnit.Framework;
using OpenStage.Harness.Reproduction;

namespace OpenStage.Harness.Tests.Reproduction;

[TestFixture]
public sealed class DeltaDebuggingTests
{
    private static readonly int[] Hundred = [.. Enumerable.Range(0, 100)];

    [TestCase]
    [TestCase(0)]
    [TestCase(99)]
    [TestCase(41)]
    [TestCase(3, 4)]
    [TestCase(0, 99)]
    [TestCase(7, 33, 34, 80, 99)]
    public void What_is_needed_is_found_and_nothing_else(params int[] needed) =>
        Assert.That(DeltaDebugging.Minimise(Hundred, part => needed.All(part.Contains)), Is.EqualTo(needed));

    [Test]
    public void All_stays_where_all_is_needed() =>
        Assert.That(DeltaDebugging.Minimise(Hundred, part => part.Count == 100), Is.EqualTo(Hundred));

    [Test]
    public void No_single_element_of_the_result_can_be_left_out_where_several_are_smallest()
    {
        // Any three numbers that can be divided by seven will do.
        static bool Does(IReadOnlyList<int> part) => part.Count(number => number % 7 == 0) >= 3;
        var left = DeltaDebugging.Minimise(Hundred, Does);
        Assert.That(Does(left), Is.True);
        Assert.That(left, Has.Count.EqualTo(3));
    }

    [Test]
    public void It_takes_few_tries_and_the_same_ones_each_time()
    {
        var (first, second) = (Tries(), Tries());
        Assert.That(first, Is.EqualTo(second));
        Assert.That(first, Has.Count.LessThan(100));

        static List<string> Tries()
        {
            var tries = new List<string>();
            DeltaDebugging.Minimise(Hundred, part =>
            {
                tries.Add(string.Join(',', part));
                return part.Contains(20) && part.Contains(70);
            });
            return tries;
        }
    }
}
