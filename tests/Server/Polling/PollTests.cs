using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Polling;

/// <summary>WPI guide p.15 and p.24: the poll itself, byte by byte.</summary>
public sealed class PollTests
{
    private static readonly JobRequest Read = new() { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] };

    private RunningServer lab = null!;
    private TestPhone phone = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync(options => options with { PollPort = 0 });
        // Nothing listens at its contact-me address.
        phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = "http://127.0.0.1:1/contact_dls.html/ContactDLS" };
        await phone.RegisterAsync();
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task A_poll_is_answered_200_without_a_body_when_nothing_waits()
    {
        Assert.That(await PollAsync(), Is.EqualTo("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\nDate: Mon, 05 Jan 2026 08:00:00 GMT\r\n\r\n"));
    }

    [Test]
    public async Task A_poll_is_answered_202_until_the_job_is_done()
    {
        await lab.Server.Jobs.CreateAsync(Read);
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(await PollAsync(), Is.EqualTo("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\nDate: Mon, 05 Jan 2026 08:00:00 GMT\r\n\r\n"));
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        Assert.That(RawHttp.Status(await PollAsync()), Is.EqualTo(200), "it is being done");
        await phone.ReplyAsync("ReadItems", "accepted", """<Item name="e164">42</Item>""");
        Assert.That(RawHttp.Status(await PollAsync()), Is.EqualTo(200));
        Assert.That(lab.Server.Jobs.Get(1)!.State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public async Task A_job_for_later_brings_no_call_before_its_time()
    {
        await lab.Server.Jobs.CreateAsync(Read with { NotBefore = lab.Clock.GetUtcNow().AddMinutes(10) });
        Assert.That(RawHttp.Status(await PollAsync()), Is.EqualTo(200));
        await lab.PassAsync(TimeSpan.FromMinutes(10));
        Assert.That(RawHttp.Status(await PollAsync()), Is.EqualTo(202));
    }

    [TestCase("/dcmp/contact-me?device-id=00:1A:E8:00:00:01", 202)]
    [TestCase("/some/proxy/dcmp/contact-me?device-id=00:1A:E8:00:00:01", 202)]
    [TestCase("/dcmp/contact-me?device-id=00%3A1a%3Ae8%3A00%3A00%3A01", 202)]
    [TestCase("/dcmp/contact-me?other=1&device-id=001AE8000001", 202)]
    [TestCase("/dcmp/contact-me?device-id=00:1A:E8:00:00:99", 200)]
    [TestCase("/dcmp/contact-me", 400)]
    [TestCase("/dcmp/contact-me?device-id=", 400)]
    [TestCase("/dcmp/contact-me?device-id=00:1A", 400)]
    [TestCase("/dcmp/contact-me?device-id=00:1A:E8:00:00:01&device-id=00:1A:E8:00:00:02", 400)]
    [TestCase("/dcmp/contact-me/?device-id=00:1A:E8:00:00:01", 404)]
    [TestCase("/contact-me?device-id=00:1A:E8:00:00:01", 404)]
    [TestCase("/xdcmp/contact-me?device-id=00:1A:E8:00:00:01", 404)]
    [TestCase("/", 404)]
    public async Task The_status_says_it_all(string target, int expected)
    {
        await lab.Server.Jobs.CreateAsync(Read);
        var answer = await RawHttp.GetAsync(lab.Server.PollUrl!, target);
        Assert.That(RawHttp.Status(answer), Is.EqualTo(expected));
        Assert.That(answer, Does.Contain("\r\nContent-Length: 0\r\n").And.EndWith("\r\n\r\n"));
    }

    [TestCase("POST")]
    [TestCase("HEAD")]
    [TestCase("DELETE")]
    public async Task Another_method_is_refused(string method)
    {
        var answer = await RawHttp.GetAsync(lab.Server.PollUrl!, "/dcmp/contact-me?device-id=00:1A:E8:00:00:01", method, "Content-Length: 0\r\n");
        Assert.That(answer, Does.StartWith("HTTP/1.1 405 ").And.Contain("\r\nAllow: GET\r\n").And.EndWith("\r\n\r\n"));
    }

    [Test]
    public async Task The_last_poll_is_kept_once_a_minute()
    {
        var start = lab.Clock.GetUtcNow();
        Assert.That(Device().LastPoll, Is.Null);
        await PollAsync();
        Assert.That(Device().LastPoll, Is.EqualTo(start));
        await lab.PassAsync(TimeSpan.FromSeconds(59));
        await PollAsync();
        Assert.That(Device().LastPoll, Is.EqualTo(start));
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        await PollAsync();
        Assert.That(Device().LastPoll, Is.EqualTo(start.AddMinutes(1)));
    }

    [Test]
    public async Task A_poll_of_an_unknown_phone_leaves_nothing_behind()
    {
        await RawHttp.GetAsync(lab.Server.PollUrl!, "/dcmp/contact-me?device-id=00:1A:E8:00:00:99");
        Assert.That(lab.Server.Devices.List().Select(device => device.Mac), Is.EqualTo(new[] { PhoneTalk.Mac }));
    }

    [Test]
    public async Task A_poll_reaches_the_log_as_one()
    {
        await PollAsync();
        var poll = lab.Exchanges.All.Single(exchange => exchange.Kind == ExchangeKind.Poll);
        Assert.That(poll, Has.Property("Mac").EqualTo(PhoneTalk.Mac).And.Property("Status").EqualTo(200).And.Property("Method").EqualTo("GET")
            .And.Property("Target").EqualTo("/dcmp/contact-me?device-id=00:1A:E8:00:00:01"));
    }

    [Test]
    public async Task Nothing_listens_for_polls_unless_it_is_asked_for()
    {
        await lab.RestartAsync();
        Assert.That(lab.Server.PollUrl, Is.Null);
    }

    private Server.Devices.Device Device() => lab.Server.Devices.Get(PhoneTalk.Mac)!;

    private Task<string> PollAsync() => RawHttp.GetAsync(lab.Server.PollUrl!, "/dcmp/contact-me?device-id=00:1A:E8:00:00:01");
}
