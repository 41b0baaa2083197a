using System.Text;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>The head of a message that is known, and its items when somebody asks, are what reading it whole finds.</summary>
[TestFixture]
internal sealed class DeferredItemsTests
{
    [TestCase(21)]
    [TestCase(22)]
    public void The_head_of_a_damaged_message_is_read_alike_or_left_alone(int seed)
    {
        var random = new Random(seed);
        var read = 0;
        for (var number = 0; number < 20_000; number++)
            read += IsHeadReadAlike(Damage.Mutate(random)) ? 1 : 0;

        Assert.That(read, Is.GreaterThan(200));
    }

    [Test]
    public void The_head_of_a_written_message_is_read_alike_or_left_alone() => Run.ForAll(Any.PhoneMessage, message =>
    {
        IsHeadReadAlike(WorkpointWriter.Write(message));
    }, cases: 1000);

    [Test]
    public void Most_heads_of_golden_replies_are_read()
    {
        var replies = MessageFiles.In("golden").Select(file => MessageFiles.Read("golden", file))
            .Where(body => Encoding.UTF8.GetString(body).Contains("reply-to", StringComparison.Ordinal) && Encoding.UTF8.GetString(body).Contains("<ItemList>", StringComparison.Ordinal)).ToList();

        Assert.That(replies, Is.Not.Empty);
        Assert.That(replies.Count(body => IsHeadReadAlike(body)), Is.GreaterThan(replies.Count / 2));
    }

    [Test]
    public void Items_are_read_when_somebody_asks_and_their_number_is_known_before()
    {
        Item[] items = [new Item("e164", "a & b"), new Item("key-label-unicode", "Büro", 3) { Status = ItemStatus.ReadOnly }];
        var body = WorkpointWriter.Write(new WorkpointMessage { Nonce = "00", Reason = ContactReason.ReplyTo, Items = items });
        var deferred = new DeferredItems(body, 2);

        Assert.That(deferred, Is.EqualTo(items));
        Assert.That(deferred[1], Is.EqualTo(items[1]));
        Assert.That(deferred.AsSpan().ToArray(), Is.EqualTo(items));
        Assert.That(new DeferredItems("nothing"u8.ToArray(), 7), Has.Count.EqualTo(7), "nobody has asked for one");
    }

    [Test]
    public void What_was_said_to_be_known_and_is_not_is_an_error_of_whoever_said_so()
    {
        var body = WorkpointWriter.Write(new WorkpointMessage { Nonce = "00", Items = [new Item("e164", "1")] });

        Assert.That(() => new DeferredItems(body, 2)[0], Throws.InvalidOperationException.With.Message.EqualTo("The body is no message of 2 items."));
        Assert.That(() => new DeferredItems("nothing"u8.ToArray(), 1).ToList(), Throws.InvalidOperationException);
    }

    /// <returns>False when the head was left alone.</returns>
    private static bool IsHeadReadAlike(ReadOnlyMemory<byte> body)
    {
        var whole = WorkpointReader.Read(body);
        // Of what is no message, or deviates, nothing is said: whoever asks has seen it whole before.
        if (whole is not { Message: { } message, Observations.Count: 0 } || WorkpointReader.ReadHead(body) is not { } head)
            return false;
        Assert.That(head, Is.EqualTo(message with { Items = null }), Encoding.UTF8.GetString(body.Span));
        return true;
    }
}
