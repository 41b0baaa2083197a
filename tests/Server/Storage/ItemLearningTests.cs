using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>What a phone tells is put to what is known of its items.</summary>
public sealed class ItemLearningTests
{
    private static readonly DateTimeOffset Before = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Before.AddHours(1);

    [Test]
    public void Nothing_is_written_when_a_phone_tells_what_is_known_in_whatever_order()
    {
        var known = Known(areAll: true, new("e164", "4711"), new("key-label", "Büro", 2), new("sntp-addr", ""));

        foreach (var told in new Item[][]
            {
                [new("e164", "4711"), new("key-label", "Büro", 2), new("sntp-addr")],
                [new("sntp-addr"), new("key-label", "Büro", 2), new("e164", "4711")],
                [new("configuration-changed-flag", "true"), new("e164", "4711"), new("", "x"), new("key-label", "Büro", 2), new("e164", "4711"), new("sntp-addr")],
            })
            Assert.That(ItemLearning.Learn(known, told, all: true, Now).Items, Is.Null);
    }

    [Test]
    public void Telling_all_for_the_first_time_is_written_though_no_item_is_new()
    {
        var known = Known(areAll: false, new Item("e164", "4711"));

        var (items, changes, _) = ItemLearning.Learn(known, [new("e164", "4711")], all: true, Now);

        Assert.That(changes, Is.Empty);
        Assert.That(new StoredItems(items!).Read().AreAll, Is.True);
        Assert.That(new StoredItems(items!).Read().Items, Is.EqualTo(new[] { new DeviceItem("e164", null, "4711", "", Before) }));
    }

    [Test]
    public void Only_what_changed_gets_the_time_of_the_message()
    {
        var known = Known(areAll: true, new("e164", "4711"), new("sntp-addr", "x"), new("language", "de"));

        var (items, changes, _) = ItemLearning.Learn(
            known, [new("e164", "4712"), new("sntp-addr") { Status = ItemStatus.Failed }, new("language", "de")], all: true, Now);

        Assert.That(new StoredItems(items!).Read().Items, Is.EqualTo(new[]
        {
            new DeviceItem("e164", null, "4712", "", Now), new DeviceItem("language", null, "de", "", Before), new DeviceItem("sntp-addr", null, "", "failed", Now),
        }));
        Assert.That(changes, Is.EqualTo(new[] { new ItemChange(Now, "e164", null, "4711", "4712"), new ItemChange(Now, "sntp-addr", null, "x", "") }));
    }

    [Test]
    public void What_one_message_tells_twice_is_what_it_tells_last()
    {
        var known = Known(areAll: true, new Item("e164", "1"));

        var (items, changes, _) = ItemLearning.Learn(known, [new("e164", "2"), new("fresh", "a"), new("e164", "1"), new("fresh", "b")], all: false, Now);

        Assert.That(new StoredItems(items!).Read().Items.Select(item => $"{item.Name}={item.Value}"), Is.EqualTo(new[] { "e164=1", "fresh=b" }));
        Assert.That(changes.Select(change => $"{change.Name}: {change.Before ?? "none"} to {change.After}"), Is.EqualTo(new[]
        {
            "e164: 1 to 2", "fresh: none to a", "e164: 2 to 1", "fresh: a to b",
        }));
    }

    [Test]
    public void Values_that_were_read_from_a_message_are_held_against_the_store_as_they_stand()
    {
        var message = Encoding.UTF8.GetBytes("""
            <WorkpointMessage xmlns="http://www.siemens.com/DLS"><Message nonce="1"><ReasonForContact action="ReadAllItems" status="accepted">reply-to</ReasonForContact><ItemList>
            <Item name="e164">4711</Item>
            <Item name="key-label" index="2">Ein Büro mehr</Item>
            <Item name="sntp-addr">a &amp; b</Item>
            </ItemList></Message></WorkpointMessage>
            """);
        var told = WorkpointReader.Read(message).Message!.Items!;
        var known = Known(areAll: true, new("e164", "4711"), new("key-label", "Ein Büro mehr", 2), new("sntp-addr", "a & b"));

        Assert.That(ItemLearning.Learn(known, told, all: true, Now).Items, Is.Null);
        var (items, _, _) = ItemLearning.Learn(StoredItems.None, told, all: true, Now);
        Assert.That(new StoredItems(items!).Read().Items.Select(item => item.Value), Is.EqualTo(new[] { "4711", "Ein Büro mehr", "a & b" }));
    }

    [Test]
    public void What_is_known_after_many_messages_is_what_a_simple_table_would_know([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var table = new Dictionary<ItemKey, (string Value, string Status, DateTimeOffset At)>();
        var areAll = false;
        var known = StoredItems.None;
        for (var step = 0; step < 40; step++)
        {
            var all = random.Next(3) == 0;
            var told = Told(random);
            var at = Before.AddMinutes(step);
            var expected = Expected(table, ref areAll, told, all, at);

            var before = known;
            var (items, changes, hasOnlyMore) = ItemLearning.Learn(known, told, all, at);
            known = items is null ? known : new StoredItems(items);

            Assert.That(changes.Select(change => $"{change.Name}[{change.Index}] {change.Before ?? "-"} {change.After ?? "-"}"), Is.EquivalentTo(expected));
            Assert.That(known.Read().Items.Select(item => (new ItemKey(item.Name, item.Index), (item.Value, item.Status, item.At))),
                Is.EquivalentTo(table.Select(row => (row.Key, row.Value))));
            Assert.That(known.AreAll, Is.EqualTo(areAll));
            if (hasOnlyMore)
                Assert.That(before.Read().Items, Is.SubsetOf(known.Read().Items));
        }
    }

    private static Item[] Told(Random random)
    {
        string[] names = ["e164", "key-label", "sntp-addr", "größe", "contact-me-uri", "radius-certificate", "requested-items", "dhcp", "language"];
        return [.. Enumerable.Range(0, random.Next(12)).Select(_ => new Item(names[random.Next(names.Length)], $"v{random.Next(3)}", random.Next(3) is > 0 and var index ? index : null)
        {
            Status = random.Next(8) == 0 ? ItemStatus.NotSupported : ItemStatus.None,
        })];
    }

    /// <summary>The same with strings, a table and no cleverness.</summary>
    /// <returns>What changed at the phone.</returns>
    private static List<string> Expected(
        Dictionary<ItemKey, (string Value, string Status, DateTimeOffset At)> table, ref bool areAll, Item[] told, bool all, DateTimeOffset at)
    {
        var changes = new List<string>();
        var knewAll = areAll;
        var kept = new HashSet<ItemKey>();
        foreach (var item in told.Where(item => item.Name != "requested-items"))
        {
            kept.Add(item.Key);
            var status = item.Status == ItemStatus.None ? "" : "not supported";
            var isKnown = table.TryGetValue(item.Key, out var before);
            if (isKnown && before.Value == item.Value && before.Status == status)
                continue;
            table[item.Key] = (item.Value, status, at);
            if ((isKnown || knewAll) && item.Name != "contact-me-uri" && (!isKnown || before.Value != item.Value))
                changes.Add($"{item.Name}[{item.Index}] {(isKnown ? before.Value : "-")} {item.Value}");
        }

        foreach (var key in table.Keys.Where(key => all && !kept.Contains(key) && table[key].Status.Length == 0 && !key.Name.Contains("certificate", StringComparison.Ordinal)).ToList())
        {
            if (key.Name != "contact-me-uri")
                changes.Add($"{key.Name}[{key.Index}] {table[key].Value} -");
            table.Remove(key);
        }

        areAll |= all;
        return changes;
    }

    private static StoredItems Known(bool areAll, params Item[] items) => new(StoredItems.Write(
        new KnownItems([.. items.Select(item => new DeviceItem(item.Name, item.Index, item.Value, "", Before))], areAll)));
}
