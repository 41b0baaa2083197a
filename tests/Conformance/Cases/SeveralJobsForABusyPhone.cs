using System.Xml.Linq;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Jobs;

namespace OpenStage.Conformance.Cases;

/// <summary>The 24 steps of three jobs for a phone in a call (WPI guide p.74-75), led by the server's own jobs.</summary>
[Guide("3.7.3.2", Page = 74)]
public sealed class SeveralJobsForABusyPhone(string phoneId) : PhoneCases(phoneId)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(12);

    /// <summary>Steps 1-24: contact-me with its acknowledgement, a phone's message, a service's answer.</summary>
    private static readonly string[] Steps =
    [
        "contact-me", "204", "solicited", "WriteItems", "reply-to busy", "CleanUp send-solicited",
        "contact-me", "204", "solicited", "CleanUp",
        "contact-me", "204", "solicited", "WriteItems", "reply-to busy", "CleanUp send-solicited",
        "solicited", "WriteItems", "reply-to accepted", "CleanUp send-solicited",
        "solicited", "WriteItems", "reply-to accepted", "CleanUp",
    ];

    [Case("wpi/3.7.3.2/1", Level.Must, "Three jobs for a busy phone take the 24 steps of pages 74-75.",
        Needs = Capability.Call | Capability.SendSolicited, Catches = ["not-busy-in-call", "send-solicited-forgotten"])]
    public async Task Three_jobs_take_the_24_steps_of_the_guide()
    {
        await Phone.ContactGapAsync();
        await Phone.StartCallAsync();

        var first = await Phone.CreateJobAsync(JobKind.WriteItems, new Item("sntp-addr", "job1.example.net"));
        await Phone.JobReachesAsync(first, JobState.WaitingForIdle, Limit);
        var second = await Phone.CreateJobAsync(JobKind.Contact);
        await Phone.JobReachesAsync(second, JobState.Succeeded, Limit);
        var third = await Phone.CreateJobAsync(JobKind.WriteItems, new Item("default-domain", "job3.example.net"));
        await Phone.JobReachesAsync(third, JobState.WaitingForIdle, Limit);

        await Phone.EndCallAsync();
        await Phone.JobReachesAsync(third, JobState.Succeeded, Limit);
        await Phone.JobReachesAsync(first, JobState.Succeeded, Limit);
        Phone.Contacted();

        var seen = Phone.Exchanges.SelectMany(Describe).ToList();
        for (var step = 0; step < Math.Max(Steps.Length, seen.Count); step++)
        {
            var expected = step < Steps.Length ? Steps[step] : "nothing more";
            var actual = step < seen.Count ? seen[step] : "nothing more";
            Expect(expected == actual, $"step {step + 1}: {expected}", $"step {step + 1}: {actual}");
        }
    }

    private static IEnumerable<string> Describe(HttpExchange exchange)
    {
        if (exchange.Kind == ExchangeKind.ContactMe)
            return ["contact-me", exchange.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"];

        var request = new WireMessage(exchange.Method, exchange.Target, exchange.RequestHeaders, exchange.RequestBody);
        return [request.Reason == "reply-to" ? $"reply-to {request.Status?.ToLowerInvariant()}" : request.Reason, DescribeAnswer(exchange)];
    }

    private static string DescribeAnswer(HttpExchange exchange)
    {
        XDocument answer;
        try
        {
            answer = XDocument.Parse(System.Text.Encoding.UTF8.GetString(exchange.ResponseBody.Span));
        }
        catch (System.Xml.XmlException)
        {
            return $"no message, HTTP status {exchange.Status}";
        }

        var action = answer.Descendants().FirstOrDefault(element => element.Name.LocalName == "Action")?.Value;
        var solicit = answer.Descendants().Any(element => element.Name.LocalName == "Item" && (string?)element.Attribute("name") == "send-solicited");
        return solicit ? $"{action} send-solicited" : action ?? "no action";
    }
}
