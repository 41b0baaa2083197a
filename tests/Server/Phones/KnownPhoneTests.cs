using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Phones;

/// <summary>All phones by their MAC addresses: reprovision, reboot, reject.</summary>
public sealed class KnownPhoneTests
{
    private const string Other = "00:1A:E8:00:00:02";

    private PhonesLab lab = null!;
    private TestPhone phone = null!;
    private string user = "";

    [SetUp]
    public async Task Start()
    {
        lab = await PhonesLab.StartAsync();
        user = await lab.UserAsync();
        phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync();
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task Phones_that_have_called_and_phones_that_are_expected_are_listed_with_who_has_them()
    {
        await lab.PhoneAsync(user, Other);
        var items = (await lab.JsonAsync("/api/phones"))["items"]!.AsArray();
        Assert.That(items.Select(item => item!.ToJsonString()), Is.EqualTo(new[]
        {
            """{"extension_number":null,"vendor":"Unify","model":"OpenStage 40","fwver":"V3 R3.24.0","name":null,"password":null,"vm_pin":null,"ip":"127.0.0.1","mac":"00:1A:E8:00:00:01","status":"DISCOVERED"}""",
            items[1]!.ToJsonString(),
        }));
        Assert.That(items[1]!["extension_number"]!.GetValue<string>(), Is.EqualTo("1001"));
        Assert.That(items[1]!["name"]!.GetValue<string>(), Is.EqualTo("ann"));
        Assert.That(items[1]!["status"]!.GetValue<string>(), Is.EqualTo("EXPECTED"));
        Assert.That(items[1]!["fwver"], Is.Null);
        await lab.PhoneAsync(user);
        var one = await lab.JsonAsync("/api/phones/001ae8000001");
        Assert.That(one["status"]!.GetValue<string>(), Is.EqualTo("ASSIGNED"));
        Assert.That(one["fwver"]!.GetValue<string>(), Is.EqualTo("V3 R3.24.0"));
        Assert.That(one["model"]!.GetValue<string>(), Is.EqualTo("OpenStage 60"), "what the administrator entered");
    }

    [Test]
    public async Task The_assignee_of_a_phone_is_the_user_who_has_it()
    {
        await lab.PhoneAsync(user);
        Assert.That((await lab.JsonAsync("/api/phones/00-1A-E8-00-00-01/assignee")).ToJsonString(),
            Is.EqualTo("""{"mac":"00:1A:E8:00:00:01","extension_number":"1001","vendor":"Unify","model":"OpenStage 60"}"""));
        PhonesLab.AssertRefused(await lab.GetAsync($"/api/phones/{Other}/assignee"), 404, "mac", Other, "a phone that a user has");
    }

    [TestCase("GET", "")]
    [TestCase("GET", "/assignee")]
    [TestCase("POST", "/reprovision")]
    [TestCase("POST", "/reboot")]
    [TestCase("POST", "/reject")]
    public async Task A_mac_address_that_is_none_is_refused_and_one_of_no_phone_is_not_found(string method, string action)
    {
        Task<string> Ask(string mac) => method == "GET" ? lab.GetAsync($"/api/phones/{mac}{action}") : lab.PostAsync($"/api/phones/{mac}{action}");
        PhonesLab.AssertRefused(await Ask("00:1A"), 400, "mac", "00:1A", "a MAC address such as");
        PhonesLab.AssertRefused(await Ask(Other), 404, "mac", Other, "the MAC address of a phone");
    }

    [Test]
    public async Task Reprovisioning_all_reaches_every_phone_of_a_user_that_lacks_something()
    {
        await lab.PhoneAsync(user);
        await lab.PhoneAsync(user, Other);
        await lab.PostAsync("/api/network", """{"web_domain": "pbx.example.net"}""");
        Assert.That(lab.Server.Jobs.List(), Has.Count.EqualTo(2), "a change of the network alone writes nothing");
        var answer = await lab.PostAsync("/api/phones/reprovision");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(200));
        Assert.That(RawHttp.Body(answer), Is.Empty);
        foreach (var mac in new[] { PhoneTalk.Mac, Other })
            Assert.That(PhonesLab.Items(lab.Jobs(mac)[1]), Is.EqualTo(new[] { "outbound-proxy-user=true", "sgnl-gateway-addr-user=pbx.example.net" }));
        await lab.PostAsync("/api/phones/reprovision");
        Assert.That(lab.Server.Jobs.List(), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Reprovisioning_a_phone_that_no_user_has_is_not_found() => PhonesLab.AssertRefused(
        await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reprovision"), 404, "mac", PhoneTalk.Mac, "a phone that a user has");

    [Test]
    public async Task A_reboot_is_a_restart_job_and_asked_twice_still_one()
    {
        for (var times = 0; times < 2; times++)
        {
            var answer = await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reboot");
            Assert.That(RawHttp.Status(answer), Is.EqualTo(200));
            Assert.That(RawHttp.Body(answer), Is.Empty);
        }

        Assert.That(lab.Jobs().Single().Kind, Is.EqualTo(JobKind.Restart));
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.Restart));
    }

    [TestCase("Content-Length: 0\r\n", 200)]
    [TestCase("Content-Length: 0\r\nSec-Fetch-Site: cross-site\r\n", 403)]
    [TestCase("Content-Length: 0\r\nOrigin: http://evil.example\r\n", 403)]
    public async Task A_question_without_body_needs_no_content_type_but_pages_of_others_cannot_ask_it(string headers, int status)
    {
        var answer = await RawHttp.GetAsync(lab.Server.AdminUrl, $"/api/phones/{PhoneTalk.Mac}/reboot", "POST", headers);
        Assert.That(RawHttp.Status(answer), Is.EqualTo(status), answer);
        Assert.That(lab.Jobs(), Has.Count.EqualTo(status == 200 ? 1 : 0));
    }

    [Test]
    public async Task A_rejected_phone_is_answered_with_CleanUp_and_nothing_but_its_call_is_kept()
    {
        await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reboot");
        Assert.That(RawHttp.Status(await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reject")), Is.EqualTo(200));
        Assert.That(lab.Jobs().Single().State, Is.EqualTo(JobState.Cancelled));
        Assert.That((await lab.JsonAsync($"/api/phones/{PhoneTalk.Mac}"))["status"]!.GetValue<string>(), Is.EqualTo("REJECTED"));
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        var before = lab.Server.Devices.Get(PhoneTalk.Mac)!;

        lab.Running.Clock.Advance(TimeSpan.FromMinutes(10));
        using var newer = new TestPhone(lab.Server.PhoneUrl) { Firmware = "V3 R5.12.0" };
        var answer = await newer.StartUpAsync(true);
        Assert.That(answer.Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac), Is.EqualTo(before with { LastSeen = lab.Running.Clock.GetUtcNow() }));
    }

    [Test]
    public async Task A_rejection_ends_the_interaction_that_is_under_way()
    {
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] });
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reject");
        Assert.That((await phone.ReplyAsync("ReadItems", items: """<Item name="e164">42</Item>""")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(lab.Jobs().Single(), Has.Property("State").EqualTo(JobState.Cancelled).And.Property("Results").Empty);
    }

    [Test]
    public async Task A_rejected_phone_gets_no_jobs_until_a_user_is_given_it()
    {
        await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reject");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reboot"), 409, "mac", PhoneTalk.Mac, "not rejected");
        PhonesLab.AssertRefused(await lab.PostAsync("/api/jobs", """{"mac":"001AE8000001","kind":"Contact"}"""), 409, "mac", PhoneTalk.Mac, "not rejected");
        Assert.That(lab.Jobs(), Is.Empty);
        await lab.PhoneAsync(user);
        Assert.That((await lab.JsonAsync($"/api/phones/{PhoneTalk.Mac}"))["status"]!.GetValue<string>(), Is.EqualTo("ASSIGNED"));
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.WriteItems));
    }

    [Test]
    public async Task A_phone_that_a_user_has_cannot_be_rejected()
    {
        await lab.PhoneAsync(user);
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reject"), 409, "mac", PhoneTalk.Mac, "no user has");
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.WriteItems));
    }
}
