using OpenStage.Harness.Evidence;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>Values of every kind, written and read back (WPI guide p.46-48).</summary>
[Guide("3.6.4", Page = 48)]
public sealed class StoredValues(string phoneId) : PhoneCases(phoneId)
{
    private const string AsWritten = "WriteItems modifies the settings it contains.";

    private static readonly Item[] Several =
    [
        new("sntp-addr", "ntp9.example.net"), new("default-domain", "several.example.net"), new("reg-ttl", "1200"),
        new("session-duration", "1900"), new("codec-type", "1", 3),
    ];

    public static IReadOnlyList<StoredValue> Values =>
    [
        new("wpi/3.6.4/16", Level.Must, "A number is stored", AsWritten, "write-not-stored", "session-duration", "1800"),
        new("wpi/3.6.4/17", Level.Must, "A truth value is stored", AsWritten, "write-not-stored", "session-timer", "true", Before: "false"),
        new("wpi/3.6.4/18", Level.Must, "A choice is stored", AsWritten, "write-not-stored", "sip-transport-user", "1", Before: "0"),
        new("wpi/3.6.4/19", Level.Must, "An address is stored", AsWritten, "write-not-stored", "sntp-addr", "192.0.2.123"),
        new("wpi/3.6.4/20", Level.Must, "An item with index is stored under its index", AsWritten, "indexes-share-a-value", "codec-type", "2", 2, "0"),
        new("wpi/3.6.4/23", Level.Must, "Less, greater and ampersand are stored as they are", "XML references stand for their characters.", "entities-not-decoded", "sip-name", "Tom & <Jerry>"),
        new("wpi/3.6.4/24", Level.Must, "Quotes are stored as they are", "XML references stand for their characters.", "quotes-dropped", "sip-name", "\"Tom\" 'Jerry'"),
        new("wpi/3.6.4/25", Level.Must, "An empty value empties the item", AsWritten, "empty-value-ignored", "sip-name", "", Before: "Tom"),
        new("wpi/3.6.4/26", Level.Must, "Spaces inside a value are kept", AsWritten, "spaces-collapsed", "sip-name", "Tom  Jerry"),
    ];

    [CaseTable(nameof(Values))]
    public async Task A_value_is_read_back_as_it_was_written(StoredValue row)
    {
        int? index = row.Index > 0 ? row.Index : null;
        using var talk = await Phone.SolicitAsync();
        if (row.Before is { } before)
            await talk.AskAsync(ServerAction.WriteItems, new Item(row.Item, before, index));
        await talk.AskAsync(ServerAction.WriteItems, new Item(row.Item, row.Value, index));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item(row.Item, "", index));
        await talk.EndAsync();
        ExpectText(row.Value, Find(reply, row.Item, index)?.Text, row.Item);
    }

    [Case("wpi/3.6.4/21", Level.Must, "Each index of an item has a value of its own.", Page = 26, Catches = ["indexes-share-a-value", "read-values-swapped"])]
    public async Task Two_indexes_of_an_item_stay_apart()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("codec-type", "1", 1), new Item("codec-type", "2", 2));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("codec-type", "", 1), new Item("codec-type", "", 2));
        await talk.EndAsync();
        ExpectText("1", reply.Item("codec-type", "1")?.Text, "codec-type with index 1");
        ExpectText("2", reply.Item("codec-type", "2")?.Text, "codec-type with index 2");
    }

    [Case("wpi/3.6.4/22", Level.Must, "Several items of one message are all stored.", Catches = ["third-item-dropped", "write-not-stored"])]
    public async Task Several_items_of_one_message_are_stored()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, Several);
        var reply = await talk.AskAsync(ServerAction.ReadItems, [.. Several.Select(item => item with { Value = "" })]);
        await talk.EndAsync();
        var wrong = Several.Where(item => Find(reply, item.Name, item.Index)?.Text != item.Value).Select(item => item.Name).ToList();
        Expect(wrong.Count == 0, $"{Several.Length} values as they were written", $"another value of {string.Join(", ", wrong)}");
    }

    private static WireItem? Find(WireMessage reply, string name, int? index) => reply.Item(name, index is null ? null : $"{index}");
}
