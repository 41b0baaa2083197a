using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using OpenStage.Protocol.Fragments;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>What a service wants to write, in several messages (WPI guide p.71).</summary>
[TestFixture]
internal sealed class ItemSplitterTests
{
    private sealed record Job(IReadOnlyList<Item> Items, int? MaxItems, int MaxBytes);

    private static Gen<Item> KeyItem { get; } =
        from name in Gen.Elements("function-key-def", "key-label-unicode", "select-dial")
        from index in Gen.Choose(1, 9)
        from value in Any.Text
        select new Item(name, value, index);

    private static Gen<Item> PlainItem { get; } =
        from name in Gen.Elements("e164", "sntp-addr", "display-id-unicode")
        from value in Any.Text
        select new Item(name, value);

    private static Gen<Job> Jobs { get; } =
        from items in Gen.ListOf(Gen.Frequency((3, KeyItem), (1, PlainItem)))
        from maxItems in Gen.OneOf(Gen.Constant((int?)null), Gen.Constant((int?)-1), Gen.Choose(1, 12).Select(most => (int?)most))
        from maxBytes in Gen.OneOf(Gen.Choose(400, 3000), Gen.Constant(50 * 1024))
        select new Job([.. items.Select((item, position) => item with { Type = $"{position}" })], maxItems, maxBytes);

    [Test]
    public void Nothing_is_lost_and_nothing_is_written_twice() => Run.ForAll(Jobs, job =>
        Assert.That(Split(job).SelectMany(part => part), Is.EquivalentTo(job.Items)));

    [Test]
    public void No_part_is_empty() => Run.ForAll(Jobs, job => Split(job).All(part => part.Count > 0));

    [Test]
    public void Nothing_to_write_gives_no_part() => Assert.That(ItemSplitter.Split([], null, 50 * 1024), Is.Empty);

    [Test]
    public void No_part_is_beyond_a_limit_unless_a_single_item_is() => Run.ForAll(Jobs, job =>
    {
        foreach (var part in Split(job))
        {
            Assert.That(part, Has.Count.LessThanOrEqualTo(job.MaxItems is > 0 ? job.MaxItems.Value : int.MaxValue));
            if (part.Count > 1)
                Assert.That(Size(part), Is.LessThanOrEqualTo(job.MaxBytes));
        }
    });

    [Test]
    public void The_items_of_one_key_stay_in_one_message_unless_they_are_too_many_for_one() => Run.ForAll(Jobs, job =>
    {
        var parts = Split(job);
        foreach (var key in job.Items.Where(item => item.Index is not null).GroupBy(item => item.Index))
        {
            // The splitter counts with the longest nonce; a group within 100 bytes of the limit may go either way.
            var fits = (job.MaxItems is not > 0 || key.Count() <= job.MaxItems) && Size([.. key]) + 100 <= job.MaxBytes;
            if (fits)
                Assert.That(parts.Count(part => part.Any(item => item.Index == key.Key)), Is.EqualTo(1), $"key {key.Key}");
        }
    });

    [Test]
    public void Items_of_one_name_and_index_keep_their_order() => Run.ForAll(Jobs, job =>
    {
        var order = Split(job).SelectMany(part => part).ToArray();
        foreach (var same in job.Items.GroupBy(item => item.Key))
            Assert.That(order.Where(item => item.Key == same.Key), Is.EqualTo(same.AsEnumerable()));
    });

    [Test]
    public void Items_without_index_keep_their_order() => Run.ForAll(Jobs, job =>
        Split(job).SelectMany(part => part).Where(item => item.Index is null)
            .SequenceEqual(job.Items.Where(item => item.Index is null)));

    [Test]
    public void A_key_that_does_not_fit_any_more_moves_to_the_next_message_as_a_whole()
    {
        var parts = ItemSplitter.Split([new("function-key-def", "59", 1), new("e164", "1"), new("function-key-def", "59", 2), new("key-label-unicode", "b", 2)], 3, 50 * 1024);

        Assert.That(parts.Select(part => part.Count), Is.EqualTo([2, 2]));
    }

    [Test]
    public void The_items_of_a_line_stay_with_those_of_its_key_even_when_they_come_far_apart()
    {
        var parts = ItemSplitter.Split(
            [new("function-key-def", "31", 1), new("function-key-def", "31", 2), new("line-sip-uri", "4041", 1), new("line-sip-uri", "4042", 2)],
            2, 50 * 1024);

        Assert.That(parts.Select(part => part.Select(item => item.Index)), Is.EqualTo(new int?[][] { [1, 1], [2, 2] }));
    }

    [Test]
    public void Minus_one_and_null_are_no_limit_of_items()
    {
        Item[] items = [.. Enumerable.Range(1, 300).Select(index => new Item("function-key-def", "59", index))];

        Assert.That(ItemSplitter.Split(items, -1, 50 * 1024), Has.Count.EqualTo(1));
        Assert.That(ItemSplitter.Split(items, null, 50 * 1024), Has.Count.EqualTo(1));
        Assert.That(ItemSplitter.Split(items, 100, 50 * 1024), Has.Count.EqualTo(3));
    }

    [Test]
    public void Whole_keys_fill_a_message_as_far_as_they_fit()
    {
        string[] names = ["function-key-def", "key-label-unicode", "select-dial"];
        Item[] items = [.. Enumerable.Range(1, 20).SelectMany(index => names.Select(name => new Item(name, "1", index)))];

        Assert.That(ItemSplitter.Split(items, null, 50 * 1024), Has.Count.EqualTo(1));
        Assert.That(ItemSplitter.Split(items, 25, 50 * 1024).Select(part => part.Count), Is.EqualTo([24, 24, 12]));
    }

    [Test]
    public void An_item_larger_than_a_message_stands_alone()
    {
        var parts = ItemSplitter.Split([new("e164", "1"), new("system-name-unicode", new string('x', 5000)), new("dhcp", "true")], null, 2000);

        Assert.That(parts.Select(part => part[0].Name), Is.EqualTo(["e164", "system-name-unicode", "dhcp"]));
    }

    private static IReadOnlyList<IReadOnlyList<Item>> Split(Job job) => ItemSplitter.Split(job.Items, job.MaxItems, job.MaxBytes);

    private static int Size(IReadOnlyList<Item> items) => DlsWriter.Write(new DlsMessage
    {
        Nonce = new string('A', 32),
        Action = ServerAction.WriteItems,
        Items = items,
    }).Length;
}
