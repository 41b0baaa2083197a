using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>What the administration does with campaigns when all is well.</summary>
public sealed class CampaignApiTests
{
    private RunningServer lab = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        foreach (var number in new[] { 1, 2, 3 })
        {
            using var phone = new TestPhone(lab.Server.PhoneUrl, CampaignLab.Mac(number)) { Firmware = $"V3 R{number}.1.0" };
            await phone.RegisterAsync();
        }
    }

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task A_draft_keeps_all_that_was_asked_for_and_can_be_changed()
    {
        var created = await lab.Api.PostAsJsonAsync("/api/campaigns", new
        {
            name = " Night ",
            content = new
            {
                kind = "writeitems",
                priority = 5,
                lifetimeSeconds = 3600,
                items = new object[] { new { name = "user-pwd", value = "hunter2" }, new { name = "key-label", value = "x", index = 2 } },
                readBack = new[] { new { name = "sntp-addr" } },
            },
            filter = new { model = "OpenStage 40", firmwareBefore = "V3 R3", macFrom = "001ae8000001", location = "Munich", seenSince = "2026-01-01T00:00:00Z" },
            rate = 30,
            atOnce = 7,
            stopAfterFailurePercent = 20,
            minimumSample = 9,
            window = new { from = "22:00", to = "05:30", zone = "Europe/Berlin", days = new[] { "sunday", "Friday", "Friday" } },
        });
        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(created.Headers.Location!.ToString(), Is.EqualTo("/api/campaigns/1"));
        var campaign = await GetAsync("/api/campaigns/1");
        Assert.That(campaign.ToJsonString(), Is.EqualTo((await ReadAsync(created)).ToJsonString()).And.Not.Contain("hunter"));
        Assert.That(campaign["name"]!.GetValue<string>(), Is.EqualTo("Night"));
        Assert.That(campaign["content"]!["items"]!.ToJsonString(),
            Is.EqualTo("""[{"name":"user-pwd","value":"***","index":null},{"name":"key-label","value":"x","index":2}]"""));
        Assert.That(campaign["filter"]!["macFrom"]!.GetValue<string>(), Is.EqualTo("00:1A:E8:00:00:01"));
        Assert.That(campaign["window"]!.ToJsonString(), Is.EqualTo("""{"from":"22:00","to":"05:30","zone":"Europe/Berlin","days":["Sunday","Friday"]}"""));
        Assert.That((campaign["rate"]!.GetValue<int>(), campaign["atOnce"]!.GetValue<int>(), campaign["minimumSample"]!.GetValue<int>()), Is.EqualTo((30, 7, 9)));

        var changed = await lab.Api.PutAsJsonAsync("/api/campaigns/1", new
        {
            name = "Day",
            filter = new { },
            content = new { kind = "WriteItems", items = new[] { new { name = "user-pwd", value = "***" } } },
        });
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        campaign = await GetAsync("/api/campaigns/1");
        Assert.That((campaign["name"]!.GetValue<string>(), campaign["window"], campaign["rate"], campaign["atOnce"]!.GetValue<int>()), Is.EqualTo(("Day", (JsonNode?)null, (JsonNode?)null, 50)));
        await StartAsync(1);
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(lab.Server.Jobs.List(), Has.Count.EqualTo(3));
        Assert.That(lab.Server.Jobs.List().Select(job => job.Items.Single().Value), Is.All.EqualTo("hunter2"));
    }

    [Test]
    public async Task A_filter_is_tried_before_it_is_used()
    {
        var all = await ReadAsync(await lab.Api.PostAsJsonAsync("/api/campaigns/preview", new { filter = new { }, top = 2 }));
        Assert.That(all["count"]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(Macs(all["first"]!), Is.EqualTo(new[] { CampaignLab.Mac(1), CampaignLab.Mac(2) }));
        foreach (var (filter, macs) in new (object, int[])[]
        {
            (new { firmwareBefore = "3.3" }, [1, 2]), (new { firmware = "V3 R2" }, [2]), (new { macFrom = CampaignLab.Mac(2) }, [2, 3]),
            (new { macFrom = CampaignLab.Mac(2), macTo = CampaignLab.Mac(2) }, [2]), (new { model = "openstage 60" }, []), (new { search = "40" }, [1, 2, 3]),
            (new { location = "Munich" }, []), (new { seenBefore = "2026-01-05T08:00:00Z" }, []), (new { seenSince = "2026-01-05T08:00:00Z" }, [1, 2, 3]),
            (new { hasOpenJobs = true }, []), (new { unreachable = false }, [1, 2, 3]),
        })
        {
            var found = await ReadAsync(await lab.Api.PostAsJsonAsync("/api/campaigns/preview", new { filter }));
            Assert.That(Macs(found["first"]!), Is.EqualTo(macs.Select(CampaignLab.Mac)), filter.ToString());
        }
    }

    [Test]
    public async Task Its_phones_are_listed_by_page_and_by_state()
    {
        await CreateAsync(new { name = "All", filter = new { }, content = new { kind = "Contact" }, atOnce = 2 });
        Assert.That((await GetAsync("/api/campaigns/1/phones"))["total"]!.GetValue<int>(), Is.Zero);
        await StartAsync(1);
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        using (var phone = new TestPhone(lab.Server.PhoneUrl, CampaignLab.Mac(2)))
            await phone.SolicitedAsync();
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        var phones = await GetAsync("/api/campaigns/1/phones?skip=1&top=1");
        Assert.That(phones["total"]!.GetValue<int>(), Is.EqualTo(3));
        var second = phones["phones"]!.AsArray().Single()!;
        Assert.That((second["mac"]!.GetValue<string>(), second["state"]!.GetValue<string>(), second["job"]!.GetValue<long>(), second["why"]!.GetValue<string>()),
            Is.EqualTo((CampaignLab.Mac(2), "Succeeded", 2, "the phone called")));
        foreach (var (state, numbers) in new (string, int[])[] { ("Open", [1, 3]), ("succeeded", [2]), ("Waiting", []), ("Failed", []), ("Expired", []), ("Cancelled", []), ("PartlyFailed", []) })
        {
            var found = await GetAsync($"/api/campaigns/1/phones?state={state}");
            Assert.That(Macs(found["phones"]!), Is.EqualTo(numbers.Select(CampaignLab.Mac)), state);
            Assert.That(found["total"]!.GetValue<int>(), Is.EqualTo(numbers.Length));
        }
    }

    [Test]
    public async Task It_is_paused_resumed_stopped_and_deleted()
    {
        await CreateAsync(new { name = "First", filter = new { }, content = new { kind = "Contact" }, atOnce = 1 });
        await CreateAsync(new { name = "Second", filter = new { }, content = new { kind = "Contact" } });
        await StartAsync(1);
        // Its first phone has its job before it is paused.
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(await StateAsync("pause"), Is.EqualTo("Paused"));
        Assert.That(await StateAsync("resume"), Is.EqualTo("Running"));
        Assert.That(await StateAsync("stop"), Is.EqualTo("Stopped"));
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        var stopped = await GetAsync("/api/campaigns?state=stopped");
        Assert.That(stopped["total"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(stopped["campaigns"]![0]!["reason"]!.GetValue<string>(), Is.EqualTo("stopped by hand by lab"));
        Assert.That(stopped["campaigns"]![0]!["progress"]!["counts"]!["cancelled"]!.GetValue<int>(), Is.EqualTo(1));
        var page = await GetAsync("/api/campaigns?skip=0&top=1");
        Assert.That((page["total"]!.GetValue<int>(), page["campaigns"]!.AsArray().Single()!["name"]!.GetValue<string>()), Is.EqualTo((2, "Second")));
        Assert.That((await lab.Api.DeleteAsync("/api/campaigns/1")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await lab.Api.GetAsync("/api/campaigns/1")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await GetAsync("/api/campaigns"))["total"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_password_of_a_file_server_is_masked_and_kept()
    {
        object Content(string password) => new
        {
            kind = "SoftwareDeployment",
            software = new { version = "V3 R3.24.0", softwareType = "Siemens SIP", whenIdle = true },
            files = new[] { new { action = "Deploy", name = "image.img", type = "APP", ftp = new { server = "ftp.example.net", port = 21, path = "/", userName = "u", password } } },
        };
        await CreateAsync(new { name = "Firmware", filter = new { }, content = Content("hunter2") });
        var changed = await lab.Api.PutAsJsonAsync("/api/campaigns/1", new { name = "Firmware", filter = new { model = "OpenStage 40" }, content = Content("***") });
        Assert.That(await changed.Content.ReadAsStringAsync(), Does.Contain("ftp.example.net").And.Contain("***").And.Not.Contain("hunter"));
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(lab.Server.Campaigns.Get(1).Campaign.Content.Files.Single().Ftp!.Password, Is.EqualTo("hunter2"));
    }

    private async Task<string> StateAsync(string word) =>
        (await ReadAsync(await lab.Api.PostAsJsonAsync($"/api/campaigns/1/{word}", new { })))["state"]!.GetValue<string>();

    private async Task StartAsync(int id) => Assert.That((await lab.Api.PostAsJsonAsync($"/api/campaigns/{id}/start", new { })).StatusCode, Is.EqualTo(HttpStatusCode.OK));

    private async Task CreateAsync(object campaign) =>
        Assert.That((await lab.Api.PostAsJsonAsync("/api/campaigns", campaign)).StatusCode, Is.EqualTo(HttpStatusCode.Created));

    private async Task<JsonNode> GetAsync(string path) => (await lab.Api.GetFromJsonAsync<JsonNode>(path))!;

    private static IEnumerable<string> Macs(JsonNode phones) => phones.AsArray().Select(phone => phone!["mac"]!.GetValue<string>());

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
}
