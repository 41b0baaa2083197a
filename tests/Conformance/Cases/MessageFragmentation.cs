using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>Messages too large for one (WPI guide p.69-71).</summary>
[Guide("3.7.1", Page = 69)]
public sealed class MessageFragmentation(string phoneId) : PhoneCases(phoneId)
{
    private const int MaxBytes = 50 * 1024;

    [Case("wpi/3.7.1/1", Level.Must, "No message is larger than 50 kB.", Needs = Capability.Fragments, Catches = ["oversized-message"])]
    public async Task No_fragment_is_larger_than_50_kB()
    {
        using var talk = await Phone.SolicitAsync();
        var largest = 0;
        var reply = await talk.AskAsync(ServerAction.ReadAllItems);
        for (var fragments = 1; reply.Fragment == "next" && fragments < 50; fragments++)
        {
            largest = Math.Max(largest, reply.Body.Length);
            reply = await talk.AskAsync(ServerAction.GetNextFragment);
        }

        await talk.EndAsync();
        largest = Math.Max(largest, reply.Body.Length);
        Expect(largest <= MaxBytes, $"at most {MaxBytes} bytes a message", $"{largest} bytes");
    }

    [Case("wpi/3.7.1/2", Level.Must, "A fragment with more to come is marked next.", Page = 70,
        Needs = Capability.Fragments, Catches = ["no-fragment-mark"])]
    public async Task A_first_fragment_is_marked_next()
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.ReadAllItems);
        await talk.EndAsync();
        ExpectText("next", reply.Fragment, "fragment");
    }

    [Case("wpi/3.7.1/3", Level.Must, "The last fragment is marked final.", Page = 70,
        Needs = Capability.Fragments, Catches = ["final-fragment-missing", "fragment-loop"])]
    public async Task The_last_fragment_is_marked_final()
    {
        using var talk = await Phone.SolicitAsync();
        var marks = new List<string>();
        var reply = await talk.AskAsync(ServerAction.ReadAllItems);
        while (reply.Fragment == "next" && marks.Count < 50)
        {
            marks.Add("next");
            reply = await talk.AskAsync(ServerAction.GetNextFragment);
        }

        await talk.EndAsync();
        ExpectText("final", reply.Fragment, $"fragment after {marks.Count} marked next:");
    }

    [Case("wpi/3.7.1/4", Level.Must, "GetNextFragment delivers what comes next, nothing twice.", Page = 70,
        Needs = Capability.Fragments, Catches = ["next-fragment-new-message"])]
    public async Task No_item_comes_in_two_fragments()
    {
        using var talk = await Phone.SolicitAsync();
        var items = await talk.ReadAllAsync();
        await talk.EndAsync();
        var twice = items.GroupBy(item => (item.Name, item.Index)).Where(group => group.Count() > 1).Select(group => group.Key.Name).Take(5).ToList();
        Expect(twice.Count == 0, "each item once", $"twice: {string.Join(", ", twice)}");
    }

    [Case("wpi/3.7.1/5", Level.Must, "All fragments together are the whole set of items.", Page = 70,
        Needs = Capability.Fragments, Catches = ["fragment-item-lost"])]
    public async Task No_item_is_lost_between_fragments()
    {
        using var talk = await Phone.SolicitAsync();
        var names = (await talk.ReadAllAsync()).Select(item => (item.Name, item.Index)).ToHashSet();
        var again = (await talk.ReadAllAsync()).Select(item => (item.Name, item.Index)).ToHashSet();
        await talk.EndAsync();
        names.SymmetricExceptWith(again);
        Expect(names.Count == 0, "the same items each time", $"differing: {string.Join(", ", names.Select(item => item.Name).Take(5))}");
    }

    [Case("wpi/3.7.1/6", Level.Informational, "The mark stands on Message, as in every example.", Page = 70,
        Needs = Capability.Fragments, Catches = ["fragment-on-reason"])]
    public async Task The_mark_stands_on_Message()
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.ReadAllItems);
        await talk.EndAsync();
        Expect(reply.MessageAttribute("fragment") is not null, "fragment on Message",
            reply.ReasonAttribute("fragment") is null ? "no mark" : "fragment on ReasonForContact");
    }

    [Case("wpi/3.7.1/7", Level.Should, "The first fragment names the action that it answers.", Page = 70,
        Needs = Capability.Fragments, Catches = ["action-attribute-missing", "reply-to-wrong-action"])]
    public async Task The_first_fragment_names_ReadAllItems()
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.ReadAllItems);
        await talk.EndAsync();
        ExpectText("ReadAllItems", reply.Action, "action of ReasonForContact");
    }

    [Case("wpi/3.7.2/1", Level.Must, "A phone takes several WriteItems in one interaction.", Page = 71, Catches = ["stops-after-first-part"])]
    public async Task Two_WriteItems_in_one_interaction_are_both_applied()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, new Item("sntp-addr", "part1.example.net"));
        await talk.AskAsync(ServerAction.WriteItems, new Item("default-domain", "part2.example.net"));
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("sntp-addr"), new Item("default-domain"));
        await talk.EndAsync();
        ExpectText("part1.example.net", reply.Item("sntp-addr")?.Text, "sntp-addr");
        ExpectText("part2.example.net", reply.Item("default-domain")?.Text, "default-domain");
    }
}
