using System.Globalization;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>The fragments of a reply, one after the other (WPI guide p.69-70).</summary>
[Guide("3.7.1", Page = 70)]
public sealed class FragmentsInOrder(string phoneId) : PhoneCases(phoneId)
{
    private const int MostFragments = 50;

    [Case("wpi/3.7.1/8", Level.Must, "Every fragment is accepted.", Needs = Capability.Fragments, Catches = ["fragments-without-status"])]
    public async Task Every_fragment_is_accepted()
    {
        var strange = (await FragmentsAsync()).Where(reply => reply.Status?.ToLowerInvariant() != "accepted").ToList();
        Expect(strange.Count == 0, "status accepted in each", string.Join(", ", strange));
    }

    [Case("wpi/3.7.1/9", Level.Must, "A reply to ReadItems is split like one to ReadAllItems.", Page = 69, Needs = Capability.Fragments, Catches = ["oversized-message", "no-fragment-mark"])]
    public async Task A_long_reply_to_ReadItems_is_split()
    {
        using var talk = await Phone.SolicitAsync();
        var all = await talk.ReadAllAsync();
        var asked = all.Select(item => Ask(item.Name, item.Index)).ToArray();
        var reply = await talk.AskAsync(ServerAction.ReadItems, asked);
        await talk.EndAsync();
        ExpectText("next", reply.Fragment, "fragment");
    }

    [Case("wpi/3.7.1/10", Level.Must, "CleanUp between fragments ends the interaction.", Page = 31, Needs = Capability.Fragments, Catches = ["answers-clean-up"])]
    public async Task CleanUp_between_fragments_ends_the_interaction()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.ReadAllItems);
        await talk.EndAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after CleanUp between fragments");
    }

    [Case("wpi/3.7.1/11", Level.Must, "Every fragment has items.", Needs = Capability.Fragments, Catches = ["empty-fragment"])]
    public async Task Every_fragment_has_items()
    {
        var fragments = await FragmentsAsync();
        Expect(fragments.All(reply => reply.Items.Count > 0), $"items in each of {fragments.Count} fragments", $"{fragments.Count(reply => reply.Items.Count == 0)} without");
    }

    [Case("wpi/3.7.1/12", Level.Informational, "Further fragments name the action of the first (deduced).", Needs = Capability.Fragments, Catches = ["action-attribute-missing", "reply-to-wrong-action"])]
    public async Task Further_fragments_name_an_action()
    {
        var strange = (await FragmentsAsync()).Where(reply => reply.Action is not ("ReadAllItems" or "GetNextFragment")).ToList();
        Expect(strange.Count == 0, "action ReadAllItems or GetNextFragment in each", string.Join(", ", strange));
    }

    [Case("wpi/3.7.1/13", Level.Informational, "GetNextFragment out of turn is answered failed (deduced).", Catches = ["next-fragment-out-of-turn"])]
    public async Task GetNextFragment_out_of_turn_fails()
    {
        var reply = await ReplyToAsync(ServerAction.GetNextFragment);
        ExpectText("failed", reply.Status?.ToLowerInvariant(), "status");
    }

    [Case("wpi/3.7.1/14", Level.Informational, "Items come in the order in which they were asked for, over all fragments (deduced).", Needs = Capability.Fragments, Catches = ["fragments-out-of-order"])]
    public async Task The_fragments_keep_the_order_of_the_items()
    {
        using var talk = await Phone.SolicitAsync();
        var all = await talk.ReadAllAsync();
        var asked = all.OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => (item.Name, item.Index)).ToList();
        var reply = await talk.AskAsync(ServerAction.ReadItems, [.. asked.Select(item => Ask(item.Name, item.Index))]);
        var read = reply.Items.ToList();
        for (var fragments = 1; reply.Fragment == "next" && fragments < MostFragments; fragments++)
        {
            reply = await talk.AskAsync(ServerAction.GetNextFragment);
            read.AddRange(reply.Items);
        }

        await talk.EndAsync();
        var inOrder = asked.Zip(read).TakeWhile(pair => pair.First == (pair.Second.Name, pair.Second.Index)).Count();
        Expect(inOrder == asked.Count && read.Count == asked.Count, $"{asked.Count} items in order", $"{read.Count} items, the first {inOrder} in order");
    }

    private static Item Ask(string name, string? index) => new(name, "", index is null ? null : int.Parse(index, CultureInfo.InvariantCulture));

    private async Task<IReadOnlyList<WireMessage>> FragmentsAsync()
    {
        using var talk = await Phone.SolicitAsync();
        var fragments = new List<WireMessage> { await talk.AskAsync(ServerAction.ReadAllItems) };
        while (fragments[^1].Fragment == "next" && fragments.Count < MostFragments)
            fragments.Add(await talk.AskAsync(ServerAction.GetNextFragment));
        await talk.EndAsync();
        return fragments;
    }
}
