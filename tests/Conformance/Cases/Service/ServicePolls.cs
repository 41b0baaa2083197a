using System.Globalization;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>How a service answers phones that poll (WPI guide p.15, p.24).</summary>
[Guide("1.4", Page = 24)]
public sealed class ServicePolls(string serviceId) : ServiceCases(serviceId)
{
    private const ServiceCapability Needs = ServiceCapability.Polling | ServiceCapability.WriteItems;

    [Case("srv/1.4/1", Level.Must, "The service tells phones address and interval.", ServiceNeeds = Needs, Catches = ["poll-address-dropped"])]
    public async Task A_phone_is_told_what_to_poll()
    {
        var told = await ToldAsync();
        Expect(Uri.TryCreate(told.Message.Item("dcmp-url")?.Text, UriKind.Absolute, out _), "dcmp-url with an address", told.Message.Item("dcmp-url")?.Text ?? "none");
        ExpectEnd(await Phone.FollowAsync(told));
        await EndPollingAsync();
    }

    [Case("srv/1.4/2", Level.Must, "A poll is answered 200 when nothing is to be done.", Page = 15, ServiceNeeds = Needs, Catches = ["poll-always-202"])]
    public async Task A_poll_without_work_is_answered_200()
    {
        var url = await PollingAsync();
        ExpectStatus(200, await Service.PollAsync(Phone.Mac, url));
        await EndPollingAsync();
    }

    [Case("srv/1.4/3", Level.Informational, "A poll is answered 202 when a job waits, and the call brings the job.", ServiceNeeds = Needs, Catches = ["poll-always-200"])]
    public async Task A_poll_with_work_is_answered_202()
    {
        var url = await PollingAsync();
        await Service.OrderAsync(Job(ServiceJobKind.WriteItems, new Item("sntp-addr", "ntp8.example.net")));
        ExpectStatus(202, await Service.PollAsync(Phone.Mac, url));
        var asked = await AskedAsync(await Phone.SayAsync("solicited"), "WriteItems");
        ExpectText("ntp8.example.net", asked.Message.Item("sntp-addr")?.Text, "sntp-addr");
        ExpectEnd(await Phone.FollowAsync(asked));
        ExpectStatus(200, await Service.PollAsync(Phone.Mac, url));
        await EndPollingAsync();
    }

    private async Task<ServiceAnswer> ToldAsync()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.Polling) with { PollUrl = Service.Entry.PollUrl }, "WriteItems");
        Expect(asked.Message.Item("dcmp-url") is not null, "dcmp-url", string.Join(", ", asked.Items));
        return asked;
    }

    private async Task<Uri> PollingAsync()
    {
        var told = await ToldAsync();
        var url = Uri.TryCreate(told.Message.Item("dcmp-url")?.Text, UriKind.Absolute, out var address) ? address : Service.Entry.PollUrl!;
        ExpectEnd(await Phone.FollowAsync(told));
        return url;
    }

    /// <summary>Leaves the phone as it was; the start-up takes the job that tells it so.</summary>
    private async Task EndPollingAsync()
    {
        await Service.OrderAsync(Job(ServiceJobKind.NoPolling));
        await RegisterAsync(Phone);
    }

    private static void ExpectStatus(int expected, int actual) =>
        Expect(expected == actual, string.Create(CultureInfo.InvariantCulture, $"status {expected}"), string.Create(CultureInfo.InvariantCulture, $"status {actual}"));
}
