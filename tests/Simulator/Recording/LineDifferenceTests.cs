using NUnit.Framework;
using OpenStage.Simulator.Recording;

namespace OpenStage.Simulator.Tests.Recording;

[TestFixture]
public sealed class LineDifferenceTests
{
    [TestCase("a b c", "a b c", "")]
    [TestCase("a b c", "a c", "- b")]
    [TestCase("a c", "a b c", "+ b")]
    [TestCase("a b c", "a x c", "- b\n+ x")]
    [TestCase("a b c", "a c b", "- b\n+ b", Description = "a line that has moved")]
    [TestCase("a a", "a", "- a", Description = "a line that is there once more")]
    [TestCase("", "a", "- \n+ a")]
    public void Lines_that_differ_are_shown_in_their_order(string first, string second, string expected) =>
        Assert.That(LineDifference.Of(first.Split(' '), second.Split(' ')), Is.EqualTo(expected));

    [Test]
    public void A_difference_too_large_to_be_read_line_by_line_is_shown_whole()
    {
        string[] Lines(string prefix) => [.. Enumerable.Range(0, 2100).Select(number => prefix + number)];
        Assert.That(LineDifference.Of(Lines("a"), Lines("b")).Split('\n'), Has.Length.EqualTo(4200).And.ItemAt(0).EqualTo("- a0").And.ItemAt(2100).EqualTo("+ b0"));
    }
}
