using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.Interactions;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>The count behind overload.</summary>
public sealed class OpenInteractionsTests
{
    private readonly ManualClock clock = new();
    private OpenInteractions open = null!;

    [SetUp]
    public void Start() => open = new OpenInteractions(2, TimeSpan.FromSeconds(60), clock);

    [Test]
    public void There_is_room_up_to_the_limit_and_again_when_one_ends()
    {
        Assert.That(new[] { open.TryBegin("A"), open.TryBegin("B"), open.TryBegin("C") }, Is.EqualTo(new[] { true, true, false }));
        open.Answered("A", ended: true);
        Assert.That(open.TryBegin("C"), Is.True);
        Assert.That(open.Count, Is.EqualTo(2));
    }

    [Test]
    public void A_phone_that_begins_anew_takes_its_own_place()
    {
        open.TryBegin("A");
        open.TryBegin("B");
        Assert.That(open.TryBegin("A"), Is.True);
        Assert.That(open.Count, Is.EqualTo(2));
    }

    [Test]
    public void A_silent_phone_loses_its_place_and_one_that_goes_on_keeps_it()
    {
        open.TryBegin("A");
        open.TryBegin("B");
        clock.Advance(TimeSpan.FromSeconds(59));
        open.Answered("A", ended: false);
        Assert.That(open.TryBegin("C"), Is.False);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(open.TryBegin("C"), Is.True);
        Assert.That(open.TryBegin("D"), Is.False);
        Assert.That(open.Count, Is.EqualTo(2));
    }

    [Test]
    public void An_interaction_that_another_node_began_counts_from_its_first_message_here()
    {
        open.Answered("A", ended: false);
        open.Answered("B", ended: false);
        open.Answered("C", ended: false);
        Assert.That(open.Count, Is.EqualTo(3));
        Assert.That(open.TryBegin("D"), Is.False);
    }
}
