using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.PhoneEndpoint;

/// <summary>What was read once is not read again.</summary>
public sealed class MessageReadingTests
{
    private static readonly Item[] Many = [.. Enumerable.Range(1, 200).Select(number => new Item("key-label", $"Room {number}", number))];

    private Vault vault = null!;
    private MessageReading reading = null!;

    [SetUp]
    public void Prepare()
    {
        vault = new Vault([.. Enumerable.Repeat((byte)7, Vault.KeyBytes)]);
        reading = new MessageReading(vault, MessageLimits.HardMaxBytes);
    }

    [TearDown]
    public void End() => vault.Dispose();

    [Test]
    public void A_long_message_that_comes_again_is_not_read_again_and_says_the_same()
    {
        var (first, hash) = reading.Read(Body("01"));
        var (second, again) = reading.Read(Body("02"));

        Assert.That(first.Message!.Items, Is.Not.InstanceOf<DeferredItems>());
        Assert.That(second.Message!.Items, Is.InstanceOf<DeferredItems>().With.Count.EqualTo(200));
        Assert.That(again, Is.EqualTo(hash));
        Assert.That(second.Message with { Nonce = first.Message.Nonce, Items = null }, Is.EqualTo(first.Message with { Items = null }));
        Assert.That(second.Message.Items, Is.EqualTo(first.Message.Items));
    }

    [Test]
    public void A_message_with_anything_else_in_it_is_read()
    {
        reading.Read(Body("01"));

        foreach (var other in new[] { Replaced("Room 7<", "Room 8<"), Replaced("ReadAllItems", "ReadItems"), Replaced("accepted", "busy"), Replaced("Room 7<", "<") })
            Assert.That(reading.Read(other).Read.Message!.Items, Is.Not.InstanceOf<DeferredItems>());
        Assert.That(reading.Read(Replaced("</Message>", "")).Read.Ok, Is.False);
        Assert.That(reading.Read(Replaced("</Message>", "")).Read.Ok, Is.False, "what is no message is none the second time either");

        static byte[] Replaced(string text, string by) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body("02").Span).Replace(text, by, StringComparison.Ordinal));
    }

    [Test]
    public void A_deviation_is_told_each_time()
    {
        var deviating = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body("01").Span).Replace("index=\"7\"", "index=\"seven\"", StringComparison.Ordinal));

        Assert.That(reading.Read(deviating).Read.Observations, Is.Not.Empty);
        Assert.That(reading.Read(deviating).Read.Observations, Is.Not.Empty);
    }

    [Test]
    public void Short_messages_are_read_each_time()
    {
        var body = WorkpointWriter.Write(new WorkpointMessage { Nonce = "01", Reason = ContactReason.StartUp, Items = Many[..3] });

        var (first, hash) = reading.Read(body);
        var (second, again) = reading.Read(body);

        Assert.That(second.Message!.Items, Is.Not.InstanceOf<DeferredItems>().And.EqualTo(first.Message!.Items));
        Assert.That(again, Is.EqualTo(hash).And.Length.EqualTo(32));
    }

    [Test]
    public void A_message_that_was_not_heard_of_for_long_is_read_again_and_the_others_are_not()
    {
        const int Generation = 16_000;
        reading.Read(Body("01"));
        for (var number = 1; number <= 2 * Generation; number++)
        {
            reading.Read(Other(number));
            if (number % 1000 == 0)
                reading.Read(Other(1));
        }

        Assert.That(reading.Read(Body("01")).Read.Message!.Items, Is.Not.InstanceOf<DeferredItems>());
        Assert.That(reading.Read(Other(1)).Read.Message!.Items, Is.InstanceOf<DeferredItems>());
        Assert.That(reading.Read(Other(2 * Generation)).Read.Message!.Items, Is.InstanceOf<DeferredItems>());

        static ReadOnlyMemory<byte> Other(int number) => WorkpointWriter.Write(Message("01") with { Items = [new Item("e164", new string('x', 4096)), new Item("user-name", $"{number}")] });
    }

    private static ReadOnlyMemory<byte> Body(string nonce) => WorkpointWriter.Write(Message(nonce));

    private static WorkpointMessage Message(string nonce) => new()
    {
        Nonce = nonce.PadLeft(32, '0'),
        Reason = ContactReason.ReplyTo,
        Action = "ReadAllItems",
        Status = ReplyStatus.Accepted,
        Fragment = FragmentMark.Final,
        Items = Many,
    };
}
