using NUnit.Framework;
using OpenStage.Server.ContactMe;

namespace OpenStage.Server.Tests.ContactMe;

public sealed class PhoneTurnsTests
{
    [Test]
    public void Phones_have_their_turn_in_the_order_they_came_and_each_once()
    {
        var turns = new PhoneTurns();
        foreach (var mac in new[] { "b", "a", "b", "c", "a" })
            turns.Add(mac);
        Assert.That(Take(turns), Is.EqualTo(new[] { "b", "a", "c" }));
    }

    [Test]
    public void A_phone_that_comes_during_its_turn_has_another_after_it_and_not_at_the_same_time()
    {
        var turns = new PhoneTurns();
        turns.Add("a");
        Assert.That(turns.IsWaiting("a"));
        Assert.That(Take(turns), Is.EqualTo(new[] { "a" }));
        Assert.That(turns.IsWaiting("a"), Is.False);

        turns.Add("a");
        turns.Add("a");
        turns.Add("b");
        Assert.That(turns.IsWaiting("a"));
        Assert.That(Take(turns), Is.EqualTo(new[] { "b" }));
        turns.End("a");
        Assert.That(Take(turns), Is.EqualTo(new[] { "a" }));
        turns.End("a");
        Assert.That(Take(turns), Is.Empty);
    }

    private static List<string> Take(PhoneTurns turns)
    {
        var begun = new List<string>();
        while (turns.Begin() is { } mac)
            begun.Add(mac);
        return begun;
    }
}
