using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>What a phone does for each action (WPI guide p.30-31).</summary>
[Guide("3.4", Page = 30)]
public sealed class Actions(string phoneId) : PhoneCases(phoneId)
{
    private static readonly string[] Certificates =
        ["dls-client-certificate", "dls-server-ca", "wbm-server-certificate", "secure-mode-data"];

    [Case("wpi/3.4.2/1", Level.Must, "ReadAllItems delivers the whole set of items.", Catches = ["read-all-incomplete"])]
    public async Task ReadAllItems_delivers_every_item_of_the_first_message_and_more()
    {
        using var talk = await Phone.SolicitAsync();
        var first = talk.Last.Items.Select(item => item.Name).ToHashSet();
        var all = await talk.ReadAllAsync();
        await talk.EndAsync();
        var missing = first.Except(all.Select(item => item.Name)).ToList();
        Expect(missing.Count == 0 && all.Count > first.Count, $"the {first.Count} items of the first message, and more",
            missing.Count > 0 ? $"without {string.Join(", ", missing)}" : $"{all.Count} items");
    }

    [Case("wpi/3.4.2/2", Level.Must, "ReadAllItems leaves certificates out.", Catches = ["read-all-with-certificates"])]
    public async Task ReadAllItems_delivers_no_certificates()
    {
        using var talk = await Phone.SolicitAsync();
        var all = await talk.ReadAllAsync();
        await talk.EndAsync();
        var found = all.Select(item => item.Name).Intersect(Certificates).ToList();
        Expect(found.Count == 0, "no certificate", string.Join(", ", found));
    }

    [Case("wpi/3.4.2/3", Level.Must, "ReadItems delivers the items that were asked for.", Catches = ["read-items-missing"])]
    public async Task ReadItems_delivers_every_item_asked_for()
    {
        var reply = await ReadAsync("software-version", "sntp-addr");
        var missing = new[] { "software-version", "sntp-addr" }.Except(reply.Items.Select(item => item.Name)).ToList();
        Expect(missing.Count == 0, "software-version and sntp-addr", $"without {string.Join(", ", missing)}");
    }

    [Case("wpi/3.4.2/4", Level.Must, "ReadItems delivers a certain subset of items, no others.", Catches = ["read-items-extra"])]
    public async Task ReadItems_delivers_nothing_else()
    {
        var reply = await ReadAsync("software-version", "sntp-addr");
        var extra = reply.Items.Select(item => item.Name).Except(["software-version", "sntp-addr"]).ToList();
        Expect(extra.Count == 0, "software-version and sntp-addr alone", $"also {string.Join(", ", extra)}");
    }

    [Case("wpi/3.4.2/5", Level.Must, "What ReadItems delivers is the value the phone has.", Catches = ["read-wrong-value"])]
    public async Task ReadItems_delivers_the_value_that_the_first_message_had()
    {
        using var talk = await Phone.SolicitAsync();
        var told = talk.Last.Item("software-version")?.Text;
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("software-version"));
        await talk.EndAsync();
        ExpectText(told ?? "", reply.Item("software-version")?.Text, "software-version");
    }

    [Case("wpi/3.4.2/6", Level.Must, "An indexed item is read with its index.", Page = 26, Catches = ["index-dropped"])]
    public async Task An_indexed_item_comes_back_with_its_index()
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("codec-type", "", 1));
        await talk.EndAsync();
        Expect(reply.Item("codec-type", "1") is not null, "codec-type with index 1", string.Join(", ", reply.Items));
    }

    [Case("wpi/3.4.2/7", Level.Must, "WriteItems modifies the settings it contains.", Catches = ["write-not-stored"])]
    public async Task WriteItems_changes_the_value()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("sntp-addr", "ntp1.example.net"));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("sntp-addr"));
        await talk.EndAsync();
        ExpectText("ntp1.example.net", reply.Item("sntp-addr")?.Text, "sntp-addr");
    }

    [Case("wpi/3.4.2/8", Level.Must, "XML is UTF-8, so that umlauts arrive.", Catches = ["umlauts-broken"])]
    public async Task An_umlaut_is_read_back_as_it_was_written()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("sip-name", "Müller Größe"));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("sip-name"));
        await talk.EndAsync();
        ExpectText("Müller Größe", reply.Item("sip-name")?.Text, "sip-name");
    }

    [Case("wpi/3.6.5/1", Level.Must, "After Restart the phone comes back with start-up.", Page = 50,
        Needs = Capability.Restart, Catches = ["ignores-restart", "restart-without-start-up"])]
    public async Task Restart_is_followed_by_start_up()
    {
        using var talk = await Phone.RestartAsync();
        ExpectText("start-up", talk.Last.Reason, "ReasonForContact");
        await talk.EndAsync();
    }

    [Case("wpi/3.6.5/2", Level.Must, "Restart ends the interaction, the phone does not reply to it.", Page = 50,
        Needs = Capability.Restart, Catches = ["answers-restart"])]
    public async Task Restart_is_not_replied_to()
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer(ServerAction.Restart);
        var next = await talk.NextAsync("start-up after Restart", LabSession.RestartPatience);
        Expect(next.Reason != "reply-to", "no reply before start-up", next.ToString());
        await talk.EndAsync();
    }

    [Case("wpi/3.6.5/3", Level.Must, "A factory reset sets items back to their defaults.", Page = 51,
        Needs = Capability.FactoryReset, Catches = ["factory-reset-keeps-values"])]
    public async Task A_factory_reset_forgets_written_values()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("sntp-addr", "reset.example.net"));
        talk.Answer(ServerAction.Restart, new Item("restart-password", "124816"), new Item("restart-type", "FactoryReset"));
        await talk.NextAsync("a message after the factory reset", LabSession.RestartPatience);
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("sntp-addr"));
        await talk.EndAsync();
        Expect(reply.Item("sntp-addr")?.Text != "reset.example.net", "the default of sntp-addr", "the value written before the reset");
    }

    [Case("wpi/3.4.2/9", Level.Must, "CleanUp ends the interaction: no further message.", Page = 31, Catches = ["answers-clean-up"])]
    public async Task CleanUp_is_not_replied_to()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(30), "after CleanUp");
    }

    [Case("wpi/3.4.2/10", Level.Must, "An unsupported action is answered failed.", Page = 29, IsProbe = true,
        Catches = ["unknown-action-accepted", "unknown-action-dropped"])]
    public async Task An_unknown_action_is_answered_failed()
    {
        using var talk = await Phone.SolicitAsync();
        talk.AnswerUnknown("PolishTheHandset");
        var reply = await talk.NextAsync("reply-to with status failed");
        await talk.EndAsync();
        ExpectText("failed", reply.Status?.ToLowerInvariant(), "status");
    }

    [Case("wpi/1.4.3/1", Level.Must, "On invalid XML the phone sends clean-up.", Page = 13, Catches = ["invalid-xml-ignored"])]
    public async Task Invalid_XML_is_answered_with_clean_up()
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer("<DLSMessage><Message nonce=\"1\"><Action>ReadAllItems</Message>"u8.ToArray());
        var next = await talk.NextAsync("clean-up");
        await talk.EndAsync();
        ExpectText("clean-up", next.Reason, "ReasonForContact");
    }

    [Case("wpi/3.4.2/11", Level.Informational, "A new interaction starts without the cookie of the one before (field).", Page = 31,
        Catches = ["session-reused-after-clean-up"])]
    public async Task After_CleanUp_the_cookie_is_gone()
    {
        using var first = await Phone.SolicitAsync();
        await first.AskAsync(ServerAction.ReadItems, new Item("software-version"));
        await first.EndAsync();
        using var second = await Phone.SolicitAsync();
        await second.EndAsync();
        Expect(string.IsNullOrEmpty(second.Last.Header("Cookie")), "no cookie in the first message", "the old one");
    }

    private async Task<WireMessage> ReadAsync(params string[] names)
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.ReadItems, [.. names.Select(name => new Item(name))]);
        await talk.EndAsync();
        return reply;
    }
}
