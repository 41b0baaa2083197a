using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>What a phone in a call says and still does (WPI guide p.30, p.46, p.62, p.76).</summary>
[Guide("3.6.4", Page = 46)]
public sealed class BusyPhones(string phoneId) : PhoneCases(phoneId)
{
    private static readonly Item Setting = new("sntp-addr", "ntp12.example.net");

    [Case("wpi/3.6.4/9", Level.Must, "A busy reply names WriteItems.", Page = 29, Needs = Capability.Call, Catches = ["action-attribute-missing", "reply-to-wrong-action"])]
    public async Task A_busy_reply_names_its_action() => ExpectText("WriteItems", (await WriteInCallAsync(Setting)).Action, "action of ReasonForContact");

    [Case("wpi/3.6.4/10", Level.Should, "A busy reply has maxItems -1.", Page = 76, Needs = Capability.Call, Catches = ["max-items-missing"])]
    public async Task A_busy_reply_says_maxItems() => ExpectText("-1", (await WriteInCallAsync(Setting)).MessageAttribute("maxItems"), "maxItems");

    [Case("wpi/3.6.4/11", Level.Should, "A busy reply is marked final.", Page = 76, Needs = Capability.Call, Catches = ["no-fragment-mark"])]
    public async Task A_busy_reply_is_marked_final() => ExpectText("final", (await WriteInCallAsync(Setting)).Fragment, "fragment");

    [Case("wpi/3.6.4/12", Level.Must, "Only WriteItems is denied in a call; ReadAllItems works.", Page = 30, Needs = Capability.Call, Catches = ["busy-refuses-reads"])]
    public async Task A_phone_in_a_call_answers_ReadAllItems()
    {
        await Phone.StartCallAsync();
        var reply = await ReplyToAsync(ServerAction.ReadAllItems);
        ExpectText("accepted", reply.Status?.ToLowerInvariant(), "status");
    }

    [Case("wpi/3.6.4/13", Level.Must, "Only WriteItems is denied in a call; Restart works.", Page = 30,
        Needs = Capability.Call | Capability.Restart, Catches = ["ignores-restart", "answers-restart"])]
    public async Task A_phone_in_a_call_restarts()
    {
        await Phone.StartCallAsync();
        using var talk = await Phone.SolicitAsync();
        talk.Answer(ServerAction.Restart);
        var next = await talk.NextAsync("start-up after Restart", LabSession.RestartPatience);
        await talk.EndAsync();
        ExpectText("start-up", next.Reason, "ReasonForContact");
    }

    [Case("wpi/3.6.4/14", Level.Must, "A phone in a call refuses the WriteItems of Secure Mode as busy.", Page = 62, Needs = Capability.Call, Catches = ["not-busy-in-call", "busy-as-failed"])]
    public async Task A_phone_in_a_call_refuses_Secure_Mode_as_busy() =>
        ExpectText("busy", (await WriteInCallAsync(new Item("goto-secure-mode", "nopin"))).Status?.ToLowerInvariant(), "status");

    [Case("wpi/3.6.4/15", Level.Informational, "A phone stays busy for every WriteItems of an interaction.", Needs = Capability.Call, Catches = ["not-busy-in-call"])]
    public async Task A_second_write_in_a_call_is_refused_too()
    {
        await Phone.StartCallAsync();
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, Setting);
        var reply = await talk.AskAsync(ServerAction.WriteItems, Setting);
        await talk.EndAsync();
        ExpectText("busy", reply.Status?.ToLowerInvariant(), "status");
    }

    private async Task<WireMessage> WriteInCallAsync(Item item)
    {
        await Phone.StartCallAsync();
        return await ReplyToAsync(ServerAction.WriteItems, item);
    }
}
