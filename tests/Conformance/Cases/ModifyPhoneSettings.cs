using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>Writing data items, in a call too (WPI guide p.46-48, p.77-83).</summary>
[Guide("3.6.4", Page = 46)]
public sealed class ModifyPhoneSettings(string phoneId) : PhoneCases(phoneId)
{
    private static readonly Item Setting = new("sntp-addr", "ntp6.example.net");

    [Case("wpi/3.6.4/1", Level.Must, "A phone in a call refuses WriteItems with status busy.",
        Needs = Capability.Call, Catches = ["not-busy-in-call", "busy-as-failed"])]
    public async Task A_phone_in_a_call_refuses_WriteItems_as_busy()
    {
        var reply = await WriteInCallAsync();
        ExpectText("busy", reply.Status?.ToLowerInvariant(), "status");
    }

    [Case("wpi/3.6.4/2", Level.Should, "The busy reply has no ItemList.", Needs = Capability.Call, Catches = ["busy-with-items"])]
    public async Task A_busy_reply_has_no_ItemList()
    {
        var reply = await WriteInCallAsync();
        Expect(!reply.HasItemList, "no ItemList", "an ItemList");
    }

    [Case("wpi/3.6.4/3", Level.Must, "What was refused as busy is not applied.", Needs = Capability.Call, Catches = ["busy-applies-write"])]
    public async Task A_write_refused_as_busy_changes_nothing()
    {
        await Phone.StartCallAsync();
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("sntp-addr", "busy.example.net"));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("sntp-addr"));
        await talk.EndAsync();
        Expect(reply.Item("sntp-addr")?.Text != "busy.example.net", "the old value of sntp-addr", "the value that was refused");
    }

    [Case("wpi/3.6.4/4", Level.Must, "Only WriteItems is denied in a call; reading works.", Page = 30,
        Needs = Capability.Call, Catches = ["busy-refuses-reads"])]
    public async Task A_phone_in_a_call_answers_ReadItems()
    {
        await Phone.StartCallAsync();
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("software-version"));
        await talk.EndAsync();
        ExpectText("accepted", reply.Status?.ToLowerInvariant(), "status");
    }

    [Case("wpi/3.6.4/5", Level.Must, "After the call WriteItems is accepted again.", Needs = Capability.Call, Catches = ["busy-for-ever"])]
    public async Task After_the_call_WriteItems_is_accepted()
    {
        await WriteInCallAsync();
        await Phone.EndCallAsync();
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.WriteItems, Setting);
        await talk.EndAsync();
        ExpectText("accepted", reply.Status?.ToLowerInvariant(), "status");
    }

    [Case("wpi/3.6.4/6", Level.Must, "After a CleanUp with send-solicited the phone calls when the call is over.",
        Needs = Capability.Call | Capability.SendSolicited, Catches = ["send-solicited-forgotten"])]
    public async Task With_send_solicited_the_phone_calls_when_it_is_idle()
    {
        await Phone.StartCallAsync();
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, Setting);
        await talk.EndWithSendSolicitedAsync();
        await Phone.EndCallAsync();
        var call = await talk.NextAsync("solicited after the call");
        await talk.EndAsync();
        ExpectText("solicited", call.Reason, "ReasonForContact");
    }

    [Case("wpi/3.6.4/7", Level.Must, "After a CleanUp without send-solicited the phone does not tell that it is idle again.",
        Needs = Capability.Call, Catches = ["calls-back-without-send-solicited"])]
    public async Task Without_send_solicited_the_phone_stays_silent()
    {
        await Phone.StartCallAsync();
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, Setting);
        await talk.EndAsync();
        await Phone.EndCallAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after the call, without send-solicited");
    }

    [Case("wpi/3.10.1/1", Level.Must, "An unknown name is reported as unknown item.", Page = 78, IsProbe = true, Catches = ["unknown-item-accepted"])]
    public async Task Writing_an_unknown_item_is_reported_as_unknown_item()
    {
        var reply = await WriteAsync(new Item("no-such-item", "1"));
        ExpectText("unknown item", reply.Item("no-such-item")?.Status, "status of no-such-item");
    }

    [Case("wpi/3.10.1/2", Level.Must, "The reply as a whole is accepted even if items failed.", Page = 78, Catches = ["failed-item-fails-reply"])]
    public async Task A_failed_item_leaves_the_reply_accepted()
    {
        var reply = await WriteAsync(new Item("no-such-item", "1"));
        ExpectText("accepted", reply.Status?.ToLowerInvariant(), "status");
    }

    [Case("wpi/3.10.3/1", Level.Must, "An item that cannot be changed is reported as read only.", Page = 83, Catches = ["read-only-accepted"])]
    public async Task Writing_device_type_is_reported_as_read_only()
    {
        var reply = await WriteAsync(new Item("device-type", "OpenStage 99"));
        ExpectText("read only", reply.Item("device-type")?.Status, "status of device-type");
    }

    [Case("wpi/3.10.1/3", Level.Should, "A failed item is listed with empty content.", Page = 78, Catches = ["failed-items-with-value"])]
    public async Task A_failed_item_has_empty_content()
    {
        var reply = await WriteAsync(new Item("device-type", "OpenStage 99"));
        ExpectText("", reply.Item("device-type")?.Text, "content of device-type");
    }

    [Case("wpi/3.10.1/4", Level.Must, "The reply to WriteItems lists the items that failed.", Page = 78, Catches = ["failed-items-unreported"])]
    public async Task Every_failed_item_is_listed()
    {
        var reply = await WriteAsync(new Item("no-such-item", "1"), Setting, new Item("device-type", "OpenStage 99"));
        var missing = new[] { "no-such-item", "device-type" }.Except(reply.Items.Select(item => item.Name)).ToList();
        Expect(missing.Count == 0, "no-such-item and device-type", $"without {string.Join(", ", missing)}");
    }

    [Case("wpi/3.6.4/8", Level.Should, "When all items were taken, the ItemList is empty.", Page = 48, Catches = ["all-items-in-write-reply"])]
    public async Task Success_is_reported_with_an_empty_ItemList()
    {
        var reply = await WriteAsync(Setting);
        Expect(reply.HasItemList && reply.Items.Count == 0, "an empty ItemList",
            reply.HasItemList ? string.Join(", ", reply.Items) : "no ItemList");
    }

    private async Task<WireMessage> WriteAsync(params Item[] items)
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.WriteItems, items);
        await talk.EndAsync();
        return reply;
    }

    private async Task<WireMessage> WriteInCallAsync()
    {
        await Phone.StartCallAsync();
        return await WriteAsync(Setting);
    }
}
