using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>How a service takes a reply in fragments (WPI guide p.69-70).</summary>
[Guide("3.7.1", Page = 70)]
public sealed class ServiceFragments(string serviceId) : ServiceCases(serviceId)
{
    [Case("srv/3.7.1/1", Level.Must, "The service asks with GetNextFragment until the final one.", Catches = ["fragments-ignored"])]
    public async Task The_service_asks_until_the_final_fragment()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        ExpectAction("GetNextFragment", await FragmentAsync(1));
        ExpectAction("GetNextFragment", await FragmentAsync(2));
        ExpectAction("GetNextFragment", await FragmentAsync(3));
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", Phone.AllItems)));
    }

    [Case("srv/3.7.1/2", Level.Must, "GetNextFragment has no items, and the nonce of the fragment before.", Catches = ["nonce-of-the-first-message"])]
    public async Task GetNextFragment_has_no_items_and_the_nonce()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        var fragment = Phone.Reply("ReadAllItems", Phone.AllItems) with { Fragment = "next" };
        var asked = await Phone.PostAsync(fragment);
        ExpectAction("GetNextFragment", asked);
        Expect(asked.Items.Count == 0, "no items", string.Join(", ", asked.Items));
        ExpectText(fragment.Nonce, asked.Nonce, "nonce");
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", new Item("vlan-id", "7"))));
    }

    [Case("srv/3.7.1/3", Level.Informational, "Fragments are taken up also when they answer GetNextFragment by name.", Catches = ["fragment-action-strict"])]
    public async Task Fragments_may_name_GetNextFragment()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        ExpectAction("GetNextFragment", await FragmentAsync(1));
        ExpectAction("GetNextFragment", await Phone.PostAsync(Phone.Reply("GetNextFragment", new Item("date-format", "1")) with { Fragment = "next" }));
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("GetNextFragment", new Item("vlan-id", "7"))));
    }

    private Task<ServiceAnswer> FragmentAsync(int number) =>
        Phone.PostAsync(Phone.Reply("ReadAllItems", new Item("mac-addr", Phone.Mac), new("function-key-def", "1", number)) with { Fragment = "next" });
}
