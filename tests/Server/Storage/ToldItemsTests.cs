using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Interactions;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>A phone that tells what it told before is believed without another look, and one that tells anything else is not.</summary>
public sealed class ToldItemsTests : StoreFixture
{
    private const string Mac = "00:1A:E8:00:00:01";

    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_same_message_after_another_that_changed_something_counts_again()
    {
        Learn("a", all: true, new Item("e164", "1"), new Item("sntp-addr", "x"));
        Learn("b", all: false, new Item("e164", "2"));
        Learn("a", all: true, new Item("e164", "1"), new Item("sntp-addr", "x"));

        Assert.That(Values(), Is.EqualTo(new[] { "e164=1", "sntp-addr=x" }));
        Assert.That(Store.Read(session => session.ItemChanges(Mac, 10)).Select(change => change.After), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void A_message_that_told_some_items_is_no_telling_of_all()
    {
        Learn("a", all: false, new Item("e164", "1"));
        Learn("b", all: false, new Item("sntp-addr", "x"));
        Learn("a", all: false, new Item("e164", "1"));
        Learn("a", all: true, new Item("e164", "1"));

        Assert.That(Values(), Is.EqualTo(new[] { "e164=1" }));
    }

    [Test]
    public void A_start_up_is_known_again_though_the_reply_after_it_told_more()
    {
        Learn("a", all: false, new Item("e164", "1"), new Item("software-version", "V1"));
        Learn("b", all: true, new Item("e164", "1"), new Item("software-version", "V1"), new Item("sntp-addr", "x"));

        Assert.That((HasTold("a", all: false), HasTold("b", all: true)), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_start_up_is_not_known_again_when_the_reply_after_it_told_anything_else()
    {
        foreach (var reply in new Item[][]
            {
                [new("e164", "2"), new("software-version", "V1"), new("sntp-addr", "x")],
                [new("e164", "1") { Status = ItemStatus.Failed }, new("software-version", "V1"), new("sntp-addr", "x")],
                [new("software-version", "V1"), new("sntp-addr", "x")],
                [new("e164", "2"), new("software-version", "V1"), new("e164", "1")],
            })
        {
            Store.Write(Mac, session =>
            {
                session.Save(Mac, []);
                return true;
            });
            Learn("a", all: false, new Item("e164", "1"), new Item("software-version", "V1"));
            Learn("b", all: true, reply);

            Assert.That((HasTold("a", all: false), HasTold("b", all: true)), Is.EqualTo((false, true)), string.Join(", ", reply));
        }
    }

    [Test]
    public void A_telling_of_all_is_not_known_again_once_there_is_more()
    {
        Learn("a", all: true, new Item("e164", "1"));
        Learn("b", all: false, new Item("sntp-addr", "x"));

        Assert.That((HasTold("a", all: true), HasTold("b", all: false)), Is.EqualTo((false, true)));
    }

    [Test]
    public void What_a_phone_says_it_cannot_tell_stays_known_though_it_is_not_among_all()
    {
        Learn("", all: false, new Item("user-pwd-unicode") { Status = ItemStatus.Failed });
        Learn("", all: true, new Item("e164", "1"));

        Assert.That(Values(), Is.EqualTo(new[] { "e164=1", "user-pwd-unicode=" }));
    }

    [Test]
    public void Four_messages_are_remembered_and_the_oldest_is_forgotten_first()
    {
        byte[] told = [];
        for (var number = 1; number <= 5; number++)
            told = ToldItems.With(told, Tag(number));

        Assert.That(Enumerable.Range(1, 5).Where(number => ToldItems.Has(told, Tag(number))), Is.EqualTo(new[] { 2, 3, 4, 5 }));
    }

    [Test]
    public void A_message_is_the_same_with_another_nonce_and_another_with_anything_else()
    {
        const string Nonce = "0A1B2C3D4E5F60718293A4B5C6D7E8F9";
        var hash = Hash(Nonce, "4711");

        Assert.That(Hash("F9E8D7C6B5A493827160F5E4D3C2B1A0", "4711"), Is.EqualTo(hash));
        Assert.That(Hash(Nonce, "4712"), Is.Not.EqualTo(hash));
        // One that is not where a nonce stands is part of what the message says.
        Assert.That(BodyHash.Of(Store.Vault, "<a/>"u8, Nonce), Is.Not.EqualTo(BodyHash.Of(Store.Vault, "<b/>"u8, Nonce)));

        string Hash(string nonce, string value) =>
            BodyHash.Of(Store.Vault, System.Text.Encoding.UTF8.GetBytes($"<Message nonce=\"{nonce}\"><Item name=\"e164\">{value}</Item></Message>"), nonce);
    }

    private static byte[] Tag(int number) => [.. Enumerable.Repeat((byte)number, 16)];

    private IEnumerable<string> Values() => Store.Read(session => session.Items(Mac)).Select(item => $"{item.Name}={item.Value}");

    private bool HasTold(string hash, bool all) => Store.Read(session => session.HasTold(Mac, all, Whole(hash)));

    private static string Whole(string hash) => hash.Length == 0 ? "" : new string(hash[0], 32);

    private void Learn(string hash, bool all, params Item[] items) => Store.Write(Mac, session =>
    {
        session.Learn(Mac, items, all, Now, Whole(hash));
        return true;
    });
}
