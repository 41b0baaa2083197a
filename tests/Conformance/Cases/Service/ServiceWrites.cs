using System.Globalization;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>How a service writes items (WPI guide p.46-48, p.71, p.78).</summary>
[Guide("3.6.4", Page = 46)]
public sealed class ServiceWrites(string serviceId) : ServiceCases(serviceId)
{
    /// <summary>The guide's limit of a message (p.69).</summary>
    private const int MostBytes = 50 * 1024;

    [Case("srv/3.6.4/1", Level.Must, "WriteItems has names, indexes and values.", ServiceNeeds = ServiceCapability.WriteItems, Catches = ["values-dropped", "index-not-sent"])]
    public async Task WriteItems_has_names_indexes_and_values()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.WriteItems, new("sntp-addr", "ntp3.example.net"), new("function-key-def", "61", 2)), "WriteItems");
        ExpectText("ntp3.example.net", asked.Message.Item("sntp-addr")?.Text, "sntp-addr");
        ExpectText("61", asked.Message.Item("function-key-def", "2")?.Text, "function-key-def[2]");
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    [Case("srv/3.6.4/2", Level.Must, "A value with the signs of XML arrives as it was given.", Page = 30, ServiceNeeds = ServiceCapability.WriteItems, Catches = ["references-written-twice"])]
    public async Task A_value_with_the_signs_of_XML_arrives_whole()
    {
        const string value = "<a> & \"b\" 'c'";
        var asked = await CalledForAsync(Job(ServiceJobKind.WriteItems, new Item("display-text", value)), "WriteItems");
        ExpectText(value, asked.Message.Item("display-text")?.Text, "display-text");
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    [Case("srv/3.6.4/3", Level.Must, "What a phone accepted is not written again.", Page = 48, ServiceNeeds = ServiceCapability.WriteItems, Catches = ["written-again"])]
    public async Task What_was_accepted_is_not_written_again()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.WriteItems, new Item("sntp-addr", "ntp4.example.net")), "WriteItems");
        await Phone.FollowAsync(asked);
        var again = await Phone.FollowAsync(await Phone.SayAsync("solicited"), answer => answer.Action == "WriteItems");
        ExpectEnd(again);
    }

    [Case("srv/3.6.4/4", Level.Must, "An accepted reply is searched for items that failed, and such a job ends all the same.", Page = 29,
        ServiceNeeds = ServiceCapability.WriteItems, Catches = ["written-again"])]
    public async Task Items_that_failed_end_the_job()
    {
        await CalledForAsync(Job(ServiceJobKind.WriteItems, new("device-type", "toaster"), new("sntp-addr", "ntp5.example.net")), "WriteItems");
        var reply = Phone.Reply("WriteItems", new Item("device-type") { StatusText = "read only" });
        ExpectEnd(await Phone.FollowAsync(await Phone.PostAsync(reply)));
        ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("solicited"), answer => answer.Action == "WriteItems"));
    }

    [Case("srv/3.7.2/1", Level.Must, "No message of the service has more items than maxItems.", Page = 28, ServiceNeeds = ServiceCapability.WriteItems, Catches = ["max-items-not-read"])]
    public async Task No_message_has_more_items_than_the_phone_takes()
    {
        Phone.MaxItems = 2;
        var wanted = Enumerable.Range(1, 5).Select(number => new Item("function-key-def", $"{number}", number)).ToList();
        var messages = await WritesAsync(wanted);
        Expect(messages.All(message => message.Items.Count <= 2), "at most 2 items a message", string.Join(", ", messages.Select(message => message.Items.Count)));
        ExpectAll(wanted, messages);
    }

    [Case("srv/3.7.2/2", Level.Must, "A message has at most 50 kB; large changes are several WriteItems in one interaction.", Page = 69,
        ServiceNeeds = ServiceCapability.WriteItems, Catches = ["messages-blown-up"])]
    public async Task Large_changes_are_several_messages()
    {
        var wanted = Enumerable.Range(1, 80).Select(number => new Item("ldap-server-address", new string('a', 900), number)).ToList();
        var messages = await WritesAsync(wanted);
        Expect(messages.All(message => message.Body.Length <= MostBytes), $"at most {MostBytes} bytes a message", string.Join(", ", messages.Select(message => message.Body.Length)));
        Expect(messages.Count > 1, "several WriteItems", "one");
        ExpectAll(wanted, messages);
    }

    private async Task<List<ServiceAnswer>> WritesAsync(List<Item> items)
    {
        var messages = new List<ServiceAnswer>();
        var answer = await CalledForAsync(Job(ServiceJobKind.WriteItems, items), "WriteItems");
        while (answer.Action == "WriteItems" && messages.Count < items.Count)
        {
            messages.Add(answer);
            answer = await Phone.ObeyAsync(answer);
        }

        ExpectEnd(answer);
        return messages;
    }

    private static void ExpectAll(List<Item> wanted, List<ServiceAnswer> messages)
    {
        var written = messages.SelectMany(message => message.Items).Select(item => $"{item.Name}[{item.Index}]={item.Text}").ToHashSet();
        var missing = wanted.Where(item => !written.Contains(string.Create(CultureInfo.InvariantCulture, $"{item.Name}[{item.Index}]={item.Value}"))).Select(item => item.Key).ToList();
        Expect(missing.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{wanted.Count} items, each once"), $"without {string.Join(", ", missing)}");
    }
}
