using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Simulator;

namespace OpenStage.Server.Tests.Polling;

/// <summary>WPI guide p.24: phones that are told to poll, and what becomes of contact-me then.</summary>
public sealed class PollingPhoneTests
{
    private const string Polling = $"/api/devices/{PhoneTalk.Mac}/polling";

    private static readonly JobRequest Read = new() { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] };

    private RunningServer lab = null!;
    private ContactListener listener = null!;
    private TestPhone phone = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync(options => options with { PollPort = 0 });
        listener = new ContactListener();
        phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        listener.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task A_phone_is_told_to_poll_by_a_job()
    {
        var job = await SetAsync("http://10.1.2.9:8081/dcmp/", 60);
        Assert.That(job["kind"]!.GetValue<string>(), Is.EqualTo("WriteItems"));
        await listener.NextAsync();
        var answer = await phone.SolicitedAsync();
        Assert.That(answer.Items!.Select(item => (item.Name, item.Value)),
            Is.EqualTo(new[] { ("dcmp-url", "http://10.1.2.9:8081/dcmp/"), ("dcmp-interval", "60") }));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.Polling, Is.EqualTo(new Server.Devices.DevicePolling("http://10.1.2.9:8081/dcmp/", 60)));
    }

    [Test]
    public async Task The_slash_that_phones_rely_on_is_added()
    {
        var job = await SetAsync("http://10.1.2.9:8081/dcmp", 60);
        Assert.That(job["items"]![0]!["value"]!.GetValue<string>(), Is.EqualTo("http://10.1.2.9:8081/dcmp/"));
    }

    [Test]
    public async Task A_phone_that_polls_gets_no_contact_me_and_its_jobs_wait_for_its_poll()
    {
        await PollingPhoneAsync();
        var job = await lab.Server.Jobs.CreateAsync(Read);
        for (var minute = 0; minute < 10; minute++)
        {
            Assert.That(await PollAsync(), Is.EqualTo(202));
            await lab.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.That(listener.Waiting, Is.Zero);
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Pending));
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        await phone.ReplyAsync("ReadItems", "accepted", """<Item name="e164">42</Item>""");
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That(await PollAsync(), Is.EqualTo(200));
    }

    [Test]
    public async Task A_phone_that_stopped_polling_is_contacted_again_after_three_intervals()
    {
        await PollingPhoneAsync();
        await lab.Server.Jobs.CreateAsync(Read);
        await lab.PassAsync(TimeSpan.FromSeconds(179));
        Assert.That(listener.Waiting, Is.Zero);
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        await listener.NextAsync();
    }

    [Test]
    public async Task A_phone_that_shall_poll_but_never_did_is_contacted()
    {
        await SetAsync("http://10.1.2.9:8081/dcmp/", 60);
        await listener.NextAsync();
        Assert.That(lab.Server.Jobs.Get(1)!.State, Is.EqualTo(JobState.Contacting));
    }

    [Test]
    public async Task A_phone_that_shall_poll_no_more_is_told_so_and_contacted_at_once()
    {
        await PollingPhoneAsync();
        await lab.PassAsync(TimeSpan.FromSeconds(60));
        Assert.That(await PollAsync(), Is.EqualTo(200));
        using var answer = await lab.Api.DeleteAsync(new Uri(Polling, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await listener.NextAsync();
        Assert.That((await phone.SolicitedAsync()).Items!.Select(item => (item.Name, item.Value)), Is.EqualTo(new[] { ("dcmp-url", "") }));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac), Has.Property("Polling").Null.And.Property("LastPoll").Null);
    }

    [TestCase("""{"intervalSeconds":60}""", "url", "")]
    [TestCase("""{"url":"","intervalSeconds":60}""", "url", "")]
    [TestCase("""{"url":"/dcmp/","intervalSeconds":60}""", "url", "/dcmp/")]
    [TestCase("""{"url":"ftp://h/dcmp/","intervalSeconds":60}""", "url", "ftp://h/dcmp/")]
    [TestCase("""{"url":"http://u:p@h/dcmp/","intervalSeconds":60}""", "url", "http://u:p@h/dcmp/")]
    [TestCase("""{"url":"http://h/dcmp/?a=1","intervalSeconds":60}""", "url", "http://h/dcmp/?a=1")]
    [TestCase("""{"url":"http://h/dcmp/?","intervalSeconds":60}""", "url", "http://h/dcmp/?")]
    [TestCase("""{"url":"http://h/d\u0001cmp/","intervalSeconds":60}""", "url", "http://h/d")]
    [TestCase("""{"url":"http://h/dcmp/"}""", "intervalSeconds", "")]
    [TestCase("""{"url":"http://h/dcmp/","intervalSeconds":9}""", "intervalSeconds", "9")]
    [TestCase("""{"url":"http://h/dcmp/","intervalSeconds":86401}""", "intervalSeconds", "86401")]
    [TestCase("""{"url":"http://h/dcmp/","intervalSeconds":60.5}""", "$.intervalSeconds", "line 1")]
    public async Task Polling_that_cannot_be_is_refused_and_changes_nothing(string body, string field, string value)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await lab.Api.PutAsync(new Uri(Polling, UriKind.Relative), content);
        await AssertRefusedAsync(answer, HttpStatusCode.BadRequest, field, value);
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.Polling, Is.Null);
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [TestCase("nonsense", HttpStatusCode.BadRequest)]
    [TestCase("00:1A:E8:00:00:99", HttpStatusCode.NotFound)]
    public async Task A_phone_that_is_none_cannot_be_told_to_poll(string mac, HttpStatusCode status)
    {
        using var put = await lab.Api.PutAsJsonAsync(new Uri($"/api/devices/{mac}/polling", UriKind.Relative), new { url = "http://h/dcmp/", intervalSeconds = 60 });
        await AssertRefusedAsync(put, status, "mac", mac);
        using var delete = await lab.Api.DeleteAsync(new Uri($"/api/devices/{mac}/polling", UriKind.Relative));
        await AssertRefusedAsync(delete, status, "mac", mac);
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task A_phone_that_does_not_poll_cannot_be_told_to_stop()
    {
        using var answer = await lab.Api.DeleteAsync(new Uri(Polling, UriKind.Relative));
        await AssertRefusedAsync(answer, HttpStatusCode.NotFound, "mac", PhoneTalk.Mac);
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task An_emulated_phone_that_hears_no_contact_me_does_its_jobs_by_polling()
    {
        const string mac = "00:1A:E8:00:00:42";
        await using var emulated = await SimulatedPhone.StartAsync(
            new PhoneOptions
            {
                Server = lab.Server.PhoneUrl,
                Model = "OpenStage 40",
                Mac = mac,
                Address = "127.0.0.1",
                ContactMePort = 0,
                Items = new Dictionary<string, string> { ["dcmp-url"] = lab.Server.PollUrl!.ToString(), ["dcmp-interval"] = "60" },
            },
            lab.Clock, null, null);
        await UntilAsync(emulated, () => lab.Server.Devices.Get(mac) is { ItemsRead: not null, LastPoll: not null });
        lab.Server.Devices.Change(mac, device => device! with { Polling = new Server.Devices.DevicePolling(lab.Server.PollUrl!.ToString(), 60) });
        var job = await lab.Server.Jobs.CreateAsync(Read with { Mac = mac });
        await UntilAsync(emulated, () => lab.Server.Jobs.Get(job.Id)!.State.IsFinal());
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That(lab.Exchanges.All.Where(exchange => exchange.Mac == mac).Select(exchange => exchange.Kind), Has.None.EqualTo(Protocol.Wire.ExchangeKind.ContactMe));
    }

    private async Task UntilAsync(SimulatedPhone emulated, Func<bool> done)
    {
        for (var second = 0; second < 600 && !done(); second += 5)
        {
            await lab.PassAsync(TimeSpan.FromSeconds(5));
            await emulated.WhenIdleAsync(RunningServer.Patience());
        }

        Assert.That(done(), Is.True);
    }

    /// <summary>Has the phone told to poll once a minute, and polls for the first time.</summary>
    private async Task PollingPhoneAsync()
    {
        await SetAsync(lab.Server.PollUrl!.ToString(), 60);
        await listener.NextAsync();
        await phone.SolicitedAsync();
        await phone.ReplyAsync("WriteItems");
        await lab.PassAsync(TimeSpan.FromMinutes(5));
        Assert.That(await PollAsync(), Is.EqualTo(200));
    }

    private async Task<int> PollAsync() => RawHttp.Status(await RawHttp.GetAsync(lab.Server.PollUrl!, $"/dcmp/contact-me?device-id={PhoneTalk.Mac}"));

    private async Task<JsonObject> SetAsync(string url, int intervalSeconds)
    {
        using var answer = await lab.Api.PutAsJsonAsync(new Uri(Polling, UriKind.Relative), new { url, intervalSeconds });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string field, string value)
    {
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        var detail = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]![0]!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo(field));
        Assert.That(detail["value"]!.GetValue<string>(), Does.StartWith(value));
        Assert.That(detail["allowed"]!.GetValue<string>(), Is.Not.Empty);
    }
}
