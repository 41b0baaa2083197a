using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>Replies as phones in the field spell them (WPI guide p.29, p.74). A reply that is understood brings what comes next.</summary>
[Guide("3.3", Page = 29)]
public sealed class ServiceTolerance(string serviceId) : ServiceCases(serviceId)
{
    public static IReadOnlyList<ReplySpelling> Spellings =>
    [
        new("srv/3.3/11", Level.Should, 74, "The status is understood in capitals", "The status of a reply is understood in any case of letters.",
            "status-case-strict", static reply => reply with { Status = "Accepted" }),
        new("srv/3.3/12", Level.Informational, 29, "The mark of a fragment is read on ReasonForContact", "The mark of a fragment is read on ReasonForContact as well.",
            "mark-of-the-reason-not-read", static reply => reply with { MarksReason = true }),
        new("srv/3.3/13", Level.Informational, 29, "Status may come before action", "Attributes are read in any order.",
            "attribute-order-strict", static reply => reply with { StatusFirst = true }),
        new("srv/3.3/14", Level.Informational, 30, "Space before the root does no harm", "White space before the root does no harm.",
            "space-before-the-root-refused", static reply => reply with { Prolog = "  \n " }),
    ];

    [CaseTable(nameof(Spellings))]
    public async Task A_reply_in_a_spelling_of_the_field_is_understood(ReplySpelling spelling)
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        // Only a service that has read all of it asks for the rest.
        ExpectAction("GetNextFragment", await Phone.PostAsync(spelling.Spell(Phone.Reply("ReadAllItems", Phone.AllItems) with { Fragment = "next" })));
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", new Item("vlan-id", "7"))));
    }

    [Case("srv/3.3/15", Level.Informational, "A reply without any mark of a fragment is the whole of it.", Catches = ["unmarked-reply-refused"])]
    public async Task A_reply_without_a_mark_is_the_whole_of_it()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        var answer = await Phone.PostAsync(Phone.Reply("ReadAllItems", Phone.AllItems) with { Fragment = null });
        Expect(answer.Action != "GetNextFragment", "no further fragment asked for", answer.ToString());
        ExpectEnd(await Phone.FollowAsync(answer));
    }
}
