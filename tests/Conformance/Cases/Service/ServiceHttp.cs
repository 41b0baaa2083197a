using System.Globalization;
using System.Text;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>How a service answers over HTTP (WPI guide p.12-14).</summary>
[Guide("1.4.4.1", Page = 14)]
public sealed class ServiceHttp(string serviceId) : ServiceCases(serviceId)
{
    private const string GuidePath = "/provisioningService";

    [Case("srv/1.4.4.1/1", Level.Must, "A message is answered with status 200.", Catches = ["status-201"])]
    public async Task A_message_is_answered_with_status_200()
    {
        var answer = await Phone.SayAsync("start-up");
        Expect(answer.Status == 200, "status 200", string.Create(CultureInfo.InvariantCulture, $"status {answer.Status}"));
    }

    [Case("srv/1.4.4.1/2", Level.Must, "The content type of an answer is text/xml.", Catches = ["answers-as-json"])]
    public async Task The_content_type_of_an_answer_is_XML()
    {
        var type = (await Phone.SayAsync("start-up")).Header("Content-Type");
        Expect(type?.Split(';')[0].Trim().Equals("text/xml", StringComparison.OrdinalIgnoreCase) == true, "Content-Type text/xml", type is null ? "none" : $"'{type}'");
    }

    [Case("srv/1.4.4.1/3", Level.Must, "Content-Length of an answer is the length of its XML.", Catches = ["no-content-length", "bytes-after-the-body"])]
    public async Task The_content_length_is_the_length_of_the_body()
    {
        var answer = await Phone.PostAsync(Phone.Initiating("start-up"), new PhonePost { Close = true });
        Expect(answer.Header("Content-Length") is not null, "Content-Length", "none");
        Expect(answer.Surplus == 0, "no byte after the announced end of the body", string.Create(CultureInfo.InvariantCulture, $"{answer.Surplus} bytes"));
    }

    [Case("srv/1.4.4.1/4", Level.Must, "Answers to firmware V2R2 and older are not chunked.", Page = 12, Catches = ["chunked"])]
    public async Task An_old_phone_is_not_sent_chunks()
    {
        Phone.Firmware = "V2 R1.30.0";
        var answer = await Phone.SayAsync("start-up", isChanged: true);
        Expect(answer.Header("Transfer-Encoding") is null, "no Transfer-Encoding", $"'{answer.Header("Transfer-Encoding")}'");
    }

    [Case("srv/1.4.4.1/5", Level.Must, "The body of an answer is XML and nothing else.", Page = 30, Catches = ["text-before-the-xml"])]
    public async Task The_body_of_an_answer_is_XML_and_nothing_else()
    {
        var answer = await Phone.SayAsync("start-up");
        Expect(answer.Message.XmlError is null, "a body that is XML", answer.Message.XmlError ?? "");
    }

    [Case("srv/1.4.4.1/6", Level.Must, "The XML of an answer is in UTF-8.", Page = 30, ServiceNeeds = ServiceCapability.WriteItems, Catches = ["latin-1"])]
    public async Task The_XML_of_an_answer_is_in_UTF_8()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.WriteItems, new Item("display-text", "Zürich grüßt 東京")), "WriteItems");
        Expect(asked.Body.Span.IndexOf(Encoding.UTF8.GetBytes("Zürich")) >= 0 && asked.Message.Item("display-text")?.Text == "Zürich grüßt 東京",
            "the bytes of 'Zürich' in UTF-8", "others");
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    [Case("srv/1.4.4.1/7", Level.Informational, "A connection serves a whole interaction.", Page = 12, Catches = ["hangs-up-after-each-answer"])]
    public async Task A_connection_serves_more_than_one_message()
    {
        var first = await Phone.SayAsync("start-up", isChanged: true);
        Expect(first.Header("Connection")?.Contains("close", StringComparison.OrdinalIgnoreCase) != true && first.Version == "HTTP/1.1",
            "HTTP/1.1 without Connection: close", $"{first.Version}, Connection: {first.Header("Connection")}");
        await Phone.FollowAsync(first);
    }

    [Case("srv/1.4.4.1/8", Level.Should, "The path of the guide's example is served as well.", Catches = ["one-path-only"])]
    public async Task The_path_of_the_guide_is_served()
    {
        var answer = await Phone.PostAsync(Phone.Initiating("start-up"), new PhonePost { Path = GuidePath });
        Expect(answer.Status == 200 && answer.Action.Length > 0, $"an action from {GuidePath}", answer.ToString());
    }

    [Case("srv/1.4.4.1/9", Level.Informational, "A message with another content type is read all the same.", Catches = ["content-type-strict"])]
    public async Task A_message_with_another_content_type_is_answered()
    {
        var answer = await Phone.PostAsync(Phone.Initiating("start-up"), new PhonePost { ContentType = "text/html" });
        Expect(answer.Status == 200 && answer.Action.Length > 0, "an action", answer.ToString());
    }

    [Case("srv/1.4.4.1/10", Level.Informational, "A phone that closes the connection after each message is served.", Catches = ["session-of-the-connection"])]
    public async Task A_phone_that_closes_after_each_message_is_served()
    {
        Phone.ClosesEach = true;
        var first = await Phone.SayAsync("start-up", isChanged: true);
        ExpectAction("ReadAllItems", first);
        var next = await Phone.PostAsync(Phone.Reply("ReadAllItems", Phone.AllItems) with { Fragment = "next" });
        ExpectAction("GetNextFragment", next);
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", new Item("vlan-id", "7"))));
    }
}
