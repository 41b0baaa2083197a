using System.Text;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>What a service does with a message that is none, or whose sender it cannot know (WPI guide p.13).</summary>
[Guide("1.4.3", Page = 13)]
public sealed class ServiceBrokenMessages(string serviceId) : ServiceCases(serviceId)
{
    public static IReadOnlyList<BrokenBody> Bodies =>
    [
        new("srv/1.4.3/1", "XML that is cut off", "hangs-on-broken-xml", "<WorkpointMessage><Message nonce=\"0A\"><ReasonForContact>start-up</Reas"),
        new("srv/1.4.3/2", "no XML at all", "hangs-on-broken-xml", "start-up, please"),
        new("srv/1.4.3/3", "an empty body", "hangs-on-broken-xml", ""),
        new("srv/1.4.3/4", "entities that grow", "hangs-on-broken-xml",
            "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><WorkpointMessage><Message nonce=\"0A\"><ReasonForContact>&c;</ReasonForContact></Message></WorkpointMessage>"),
        new("srv/1.4.3/5", "another root", "hangs-on-broken-xml", "<html><body>start-up</body></html>"),
    ];

    [CaseTable(nameof(Bodies))]
    public async Task A_body_that_is_no_message_is_answered_with_an_end(BrokenBody body)
    {
        var answer = await Phone.PostAsync(Encoding.UTF8.GetBytes(body.Body), new PhonePost { NoCookie = true });
        Expect(answer.Ends || answer.Status is >= 400 and < 500, "CleanUp, or a status of 400 to 499", answer.ToString());
    }

    [Case("srv/1.4.3/6", Level.Informational, "Broken XML in an interaction ends it.", Catches = ["broken-xml-read-on"])]
    public async Task Broken_XML_in_an_interaction_ends_it()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        var answer = await Phone.PostAsync("<WorkpointMessage><Message nonce=\"0B\"><ReasonForContact action=\"ReadAllItems\" stat"u8.ToArray());
        Expect(answer.Ends || answer.Status is >= 400 and < 500, "CleanUp, or a status of 400 to 499", answer.ToString());
    }

    [Case("srv/1.4.3/7", Level.Informational, "A reply without session is answered with CleanUp: nothing is written to a phone that is not known for sure.", Catches = ["strangers-served"])]
    public async Task A_reply_of_a_stranger_is_answered_with_CleanUp() =>
        ExpectEnd(await Phone.PostAsync(Phone.Reply("WriteItems"), new PhonePost { NoCookie = true }));

    [Case("srv/1.4.3/8", Level.Informational, "A first message without mac-addr is answered with CleanUp.", Catches = ["strangers-served"])]
    public async Task A_first_message_without_MAC_is_answered_with_CleanUp()
    {
        var message = Phone.Initiating("start-up", isChanged: true);
        ExpectEnd(await Phone.PostAsync(message with { Items = [.. message.Items!.Where(item => item.Name != "mac-addr")] }, new PhonePost { NoCookie = true }));
    }

    [Case("srv/1.4.3/9", Level.Informational, "A broken message of one phone does not disturb another.", ServiceNeeds = ServiceCapability.TwoPhones, Catches = ["phones-mixed-up"])]
    public async Task A_broken_message_does_not_disturb_another_phone()
    {
        ExpectAction("ReadAllItems", await Service.Other.SayAsync("start-up", isChanged: true));
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        await Phone.PostAsync("<WorkpointMessage><Message"u8.ToArray());
        ExpectAction("GetNextFragment", await Service.Other.PostAsync(Service.Other.Reply("ReadAllItems", Service.Other.AllItems) with { Fragment = "next" }));
        ExpectEnd(await Service.Other.FollowAsync(await Service.Other.ReplyAsync("ReadAllItems", new Item("vlan-id", "7"))));
    }

    [Case("srv/1.4.3/10", Level.Informational, "A reply to another action than was asked for is not taken for the answer.", Page = 29, Catches = ["wrong-reply-taken"])]
    public async Task A_reply_to_another_action_is_not_taken_for_the_answer()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        var answer = await Phone.PostAsync(Phone.Reply("WriteItems") with { Fragment = "next" });
        Expect(answer.Ends || answer.Action == "ReadAllItems", "CleanUp, or ReadAllItems again", answer.ToString());
    }
}
