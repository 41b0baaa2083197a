using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>What a phone says of items that it cannot take (WPI guide p.26, p.77-83).</summary>
[Guide("3.10", Page = 78)]
public sealed class ItemErrors(string phoneId) : PhoneCases(phoneId)
{
    private const string NotAccepted = "A value that is not accepted is failed or invalid data.";

    private static readonly Item Unknown = new("no-such-item", "1");

    private static readonly Item[] OutOfRange = [new("function-key-def", "1", 9998), new("function-key-def", "1", 9999)];

    public static IReadOnlyList<ItemError> Errors =>
    [
        new("wpi/3.10/1", Level.Must, 26, "An index out of range is an invalid index", "invalid index: out of range or senseless.",
            "item-status-undefined", "function-key-def", "1", "invalid index", 9999),
        new("wpi/3.10/3", Level.Must, 26, "A number that is too large is not taken", NotAccepted, "item-status-undefined", "ldap-server-port", "70000", "failed|invalid data"),
        new("wpi/3.10/4", Level.Must, 26, "A choice that there is not is not taken", NotAccepted, "item-status-undefined", "time-format", "9", "failed|invalid data"),
        new("wpi/3.10/5", Level.Must, 26, "A truth value that is none is not taken", NotAccepted, "item-status-undefined", "session-timer", "perhaps", "failed|invalid data"),
        new("wpi/3.10/6", Level.Must, 26, "Letters are not taken for a number", NotAccepted, "item-status-undefined", "session-duration", "many", "failed|invalid data"),
        new("wpi/3.10/7", Level.Should, 26, "An item of another action is unexpected", "unexpected item: not expected in this context.",
            "item-status-undefined", "restart-type", "FactoryReset", "unexpected item"),
        new("wpi/3.10/13", Level.Must, 83, "mac-addr is read only", "An item that cannot be changed is read only.", "read-only-accepted", "mac-addr", "00:1A:E8:FF:FF:FF", "read only"),
        new("wpi/3.10/14", Level.Must, 83, "software-version is read only", "An item that cannot be changed is read only.", "read-only-accepted", "software-version", "V9 R9.9.0", "read only"),
    ];

    [CaseTable(nameof(Errors))]
    public async Task An_item_that_cannot_be_taken_is_reported(ItemError row)
    {
        int? index = row.Index > 0 ? row.Index : null;
        var reply = await ReplyToAsync(ServerAction.WriteItems, new Item(row.Item, row.Value, index));
        var found = reply.Items.FirstOrDefault(item => item.Name == row.Item)?.Status;
        Expect(found is not null && row.Statuses.Split('|').Contains(found), $"{row.Item}: {row.Statuses.Replace("|", " or ", StringComparison.Ordinal)}", found is null ? "no status" : $"'{found}'");
    }

    [Case("wpi/3.10/2", Level.Must, "An item that failed is listed with its index.", Page = 81, Catches = ["failed-items-without-index"])]
    public async Task A_failed_item_has_its_index()
    {
        var reply = await ReplyToAsync(ServerAction.WriteItems, OutOfRange[1]);
        Expect(reply.Item("function-key-def", "9999") is not null, "function-key-def with index 9999", string.Join(", ", reply.Items));
    }

    [Case("wpi/3.10/8", Level.Must, "Several items that failed are each reported.", Page = 81, Catches = ["first-failed-item-only"])]
    public async Task Two_failed_indexes_are_both_listed()
    {
        var reply = await ReplyToAsync(ServerAction.WriteItems, OutOfRange);
        Expect(reply.Items.Count(item => item.Name == "function-key-def" && item.Status is not null) == 2, "two items with a status", string.Join(", ", reply.Items));
    }

    [Case("wpi/3.10/9", Level.Should, "The reply to WriteItems lists no items that were taken.", Catches = ["all-items-in-write-reply"])]
    public async Task Items_that_were_taken_are_not_listed()
    {
        var reply = await ReplyToAsync(ServerAction.WriteItems, Unknown, new Item("sntp-addr", "ntp10.example.net"));
        Expect(reply.Items.All(item => item.Name == Unknown.Name), "no-such-item alone", string.Join(", ", reply.Items));
    }

    [Case("wpi/3.10/10", Level.Must, "Items beside one that failed are written.", Catches = ["write-not-stored"])]
    public async Task Items_beside_a_failed_one_are_written()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, Unknown, new Item("sntp-addr", "ntp11.example.net"));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("sntp-addr"));
        await talk.EndAsync();
        ExpectText("ntp11.example.net", reply.Item("sntp-addr")?.Text, "sntp-addr");
    }

    [Case("wpi/3.10/11", Level.Must, "An item that failed keeps its value.", Page = 26, Catches = ["read-wrong-value"])]
    public async Task A_failed_item_keeps_its_value()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("session-duration", "1700"));
        await talk.AskAsync(ServerAction.WriteItems, new Item("session-duration", "many"));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("session-duration"));
        await talk.EndAsync();
        ExpectText("1700", reply.Item("session-duration")?.Text, "session-duration");
    }

    [Case("wpi/3.10/12", Level.Informational, "An unknown name that is read comes back as unknown item (deduced).", Page = 45, Catches = ["unknown-items-read-as-empty"])]
    public async Task Reading_an_unknown_item_says_so()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, new Item("no-such-item"));
        ExpectText("unknown item", reply.Item("no-such-item")?.Status, "status of no-such-item");
    }
}
