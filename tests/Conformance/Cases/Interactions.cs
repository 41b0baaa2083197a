using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;

namespace OpenStage.Conformance.Cases;

/// <summary>Actions in the frame of an interaction, and its end (WPI guide p.29-31, p.51).</summary>
[Guide("3.4.2", Page = 31)]
public sealed class Interactions(string phoneId) : PhoneCases(phoneId)
{
    private const int ManyItems = 30;

    [Case("wpi/3.4.2/12", Level.Must, "After CleanUp the connection is closed, and the next interaction has a new one.", Catches = ["connection-kept-after-clean-up"])]
    public async Task Each_interaction_has_a_connection_of_its_own()
    {
        for (var interactions = 0; interactions < 2; interactions++)
            await ReplyToAsync(ServerAction.ReadItems, new Item("software-version"));
        var clients = Phone.Exchanges.Where(exchange => exchange.Kind == ExchangeKind.Message).Select(exchange => exchange.Client).ToList();
        Expect(clients.Count == 4 && clients[0] != clients[2], "another connection in the second interaction",
            clients.Count == 4 ? "the same connection" : $"{clients.Count} messages in two interactions");
    }

    [Case("wpi/3.4.2/13", Level.Must, "ReadItems delivers every item asked for, however many.", Page = 30, Catches = ["read-items-missing"])]
    public async Task ReadItems_delivers_thirty_items()
    {
        using var talk = await Phone.SolicitAsync();
        var names = (await talk.ReadAllAsync()).Where(item => item.Index is null).Select(item => item.Name).Distinct().Take(ManyItems).ToList();
        var reply = await talk.AskAsync(ServerAction.ReadItems, [.. names.Select(name => new Item(name))]);
        await talk.EndAsync();
        var missing = names.Except(reply.Items.Select(item => item.Name)).ToList();
        Expect(missing.Count == 0, $"{names.Count} items", $"without {string.Join(", ", missing)}");
    }

    [Case("wpi/3.4.2/14", Level.Must, "CleanUp may carry cleanup-reason, and ends the interaction all the same.", Catches = ["answers-clean-up"])]
    public async Task CleanUp_with_a_reason_is_not_replied_to()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync(new Item("cleanup-reason", "nothing to do"));
        await talk.SilenceAsync(TimeSpan.FromSeconds(30), "after CleanUp with a reason");
    }

    [Case("wpi/3.4.2/16", Level.Must, "The reply to an unsupported action names it.", Page = 29, Catches = ["action-attribute-missing", "reply-to-wrong-action"])]
    public async Task The_reply_to_an_unknown_action_names_it()
    {
        using var talk = await Phone.SolicitAsync();
        talk.AnswerUnknown("PolishTheHandset");
        var reply = await talk.NextAsync("reply-to PolishTheHandset");
        await talk.EndAsync();
        ExpectText("PolishTheHandset", reply.Action, "action of ReasonForContact");
    }

    [Case("wpi/3.4.2/17", Level.Must, "The reply to ReadItems is accepted.", Page = 45, Catches = ["reads-refused"])]
    public async Task ReadItems_is_accepted()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, new Item("software-version"));
        ExpectText("accepted", reply.Status?.ToLowerInvariant(), "status");
    }

    [Case("wpi/3.6.5/5", Level.Must, "A factory reset is followed by start-up when the service is found.", Page = 51,
        Needs = Capability.FactoryReset, Catches = ["restart-without-start-up"])]
    public async Task A_factory_reset_is_followed_by_start_up()
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer(ServerAction.Restart, new Item("restart-password", "124816"), new Item("restart-type", "FactoryReset"));
        var next = await talk.NextAsync("start-up after the factory reset", LabSession.RestartPatience);
        await talk.EndAsync();
        ExpectText("start-up", next.Reason, "ReasonForContact");
    }

    [Case("wpi/3.6.5/6", Level.Informational, "A factory reset with another password is refused (deduced).", Page = 51,
        Needs = Capability.FactoryReset, Catches = ["factory-reset-without-password"])]
    public async Task A_factory_reset_with_another_password_is_refused()
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer(ServerAction.Restart, new Item("restart-password", "000000"), new Item("restart-type", "FactoryReset"));
        var next = await talk.NextAsync("reply-to Restart failed", LabSession.RestartPatience);
        await talk.EndAsync();
        ExpectText("reply-to", next.Reason, "ReasonForContact");
        ExpectText("failed", next.Status?.ToLowerInvariant(), "status");
    }
}
