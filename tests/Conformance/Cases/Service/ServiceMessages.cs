using System.Globalization;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>What every message of a service is made of (WPI guide p.30-35).</summary>
[Guide("3.4", Page = 34)]
public sealed class ServiceMessages(string serviceId) : ServiceCases(serviceId)
{
    private static readonly string[] KnownActions =
        ["ReadAllItems", "ReadItems", "WriteItems", "Restart", "FileDeployment", "SoftwareDeployment", "CleanUp", "GetNextFragment"];

    [Case("srv/3.4/1", Level.Must, "The root of a service's message is DLSMessage.", Catches = ["root-renamed"])]
    public async Task The_root_is_DLSMessage() => ExpectText("DLSMessage", (await Phone.SayAsync("start-up")).Message.RootName, "root");

    [Case("srv/3.4/2", Level.Must, "A service's message has exactly one Message.", Catches = ["two-messages"])]
    public async Task There_is_one_Message()
    {
        var count = (await Phone.SayAsync("start-up")).Message.Messages.Count;
        Expect(count == 1, "one Message", string.Create(CultureInfo.InvariantCulture, $"{count}"));
    }

    [Case("srv/3.4/3", Level.Must, "Every message of a service has an action.", Page = 30, Catches = ["no-action"])]
    public async Task Every_message_has_an_action()
    {
        var first = await Phone.SayAsync("start-up", isChanged: true);
        Expect(first.Actions.Count == 1, "one Action", string.Create(CultureInfo.InvariantCulture, $"{first.Actions.Count}"));
        var last = await Phone.FollowAsync(first);
        Expect(last.Actions.Count == 1, "one Action at the end", string.Create(CultureInfo.InvariantCulture, $"{last.Actions.Count}"));
    }

    [Case("srv/3.4/4", Level.Must, "start-up is answered with an action of the guide, in its spelling.", Page = 33, Catches = ["action-in-lower-case"])]
    public async Task Start_up_is_answered_with_an_action_of_the_guide()
    {
        var answer = await Phone.SayAsync("start-up");
        Expect(KnownActions.Contains(answer.Action), string.Join(", ", KnownActions), answer.ToString());
    }

    [Case("srv/3.4/5", Level.Must, "As many actions follow as the service likes, then CleanUp.", Page = 41, Catches = ["never-clean-up"])]
    public async Task An_interaction_ends_with_CleanUp() => ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("start-up", isChanged: true)));

    [Case("srv/3.4/6", Level.Must, "White space around the text of a phone's element does not count.", Page = 48, Catches = ["padding-refused"])]
    public async Task White_space_around_the_text_of_an_element_does_not_count()
    {
        ExpectAction("ReadAllItems", await Phone.PostAsync(Phone.Initiating("start-up", isChanged: true) with { IsPadded = true }));
        var padded = Phone.Reply("ReadAllItems", Phone.AllItems) with { IsPadded = true };
        ExpectEnd(await Phone.FollowAsync(await Phone.PostAsync(padded)));
    }
}
