using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Server.Jobs;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class CampaignPageTests : AdminPageTests
{
    [Test]
    public async Task A_campaign_is_previewed_drafted_started_and_followed_to_its_end()
    {
        await GoAsync("/campaigns");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("There is no campaign yet");
        await Link("New campaign").ClickAsync();
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("New clock");
        await Page.GetByLabel("Items").FillAsync("sntp-addr = ntp9.example.net");
        await Page.GetByLabel("Location").SelectOptionAsync("Munich, 3rd floor");
        await Button("Preview").ClickAsync();
        await Assertions.Expect(Page.Locator("#preview")).ToHaveTextAsync($"1 phone: {AdminLab.Known}");
        await Assertions.Expect(Page.GetByLabel("Items")).ToHaveValueAsync("sntp-addr = ntp9.example.net");
        await Button("Create draft").ClickAsync();
        await ArriveAsync("/campaigns/1");
        await Assertions.Expect(Page.Locator("#campaign-head .badge")).ToHaveTextAsync("draft");
        await Button("Start").ClickAsync();
        // The page of the draft shows the same progress: the clock must not go on before the campaign runs.
        await Assertions.Expect(Page.Locator("#campaign-head .badge")).ToHaveTextAsync("running");
        await Assertions.Expect(Page.Locator("#progress")).ToContainTextAsync("0 of 1 phones");
        await LiveAsync();
        await Lab.PassAsync(TimeSpan.FromSeconds(1));
        await Assertions.Expect(Page.Locator("#campaign-phones")).ToContainTextAsync("under way");

        await Lab.Phone.CallAsync("solicited");
        await Lab.Phone.ReplyAsync("WriteItems", "accepted");
        await Lab.PassAsync(TimeSpan.FromSeconds(1));
        await Assertions.Expect(Page.Locator("#progress")).ToContainTextAsync("100 % done");
        Assert.That(await Page.Locator("#progress progress").EvaluateAsync<double>("bar => bar.value"), Is.EqualTo(1));
        Assert.That(Lab.Server.Jobs.List().First(job => job.Campaign == 1).State, Is.EqualTo(JobState.Succeeded));
        await GoAsync("/campaigns");
        await Assertions.Expect(Rows.First).ToContainTextAsync("1 of 1");
    }

    [TestCase("rate", "many", "“many”: allowed is a whole number")]
    [TestCase("rate", "0", "“0”: allowed is 1 to 6000")]
    [TestCase("name", "", "Allowed is 1 to 100 characters")]
    [TestCase("filter.macFrom", "nothing", "a MAC address such as")]
    [TestCase("filter.firmwareBefore", "old", "a version such as V3 R3.24.0")]
    [TestCase("window.from", "07:00", "a time of day from 00:00 to 23:59", "window.to")]
    [TestCase("content.items", "two words = 1", "one item a line")]
    public async Task What_is_wrong_with_a_campaign_is_said_at_its_field(string field, string value, string said, string? place = null)
    {
        await GoAsync("/campaigns/new");
        await Page.Locator("[name=name]").FillAsync("Test");
        await Page.Locator("[name='content.items']").FillAsync("dhcp = true");
        await Page.Locator($"[name='{field}']").FillAsync(value);
        await Button("Create draft").ClickAsync();
        await Assertions.Expect(Page.Locator($"[id='field-{place ?? field}-error']")).ToContainTextAsync(said);
        await Assertions.Expect(Page.Locator($"[name='{field}']")).ToHaveValueAsync(value);
        await GoAsync("/campaigns");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("There is no campaign yet");
    }

    [Test]
    public async Task A_campaign_is_paused_resumed_and_stopped()
    {
        await GoAsync("/campaigns/new");
        await Page.Locator("[name=name]").FillAsync("All");
        await Page.Locator("[name='content.kind']").SelectOptionAsync("Contact");
        await Page.Locator("[name=rate]").FillAsync("1");
        await Button("Create draft").ClickAsync();
        await Button("Start").ClickAsync();
        await Button("Pause").ClickAsync();
        await Assertions.Expect(Page.Locator("#campaign-head .badge")).ToHaveTextAsync("paused");
        await Button("Resume").ClickAsync();
        await Assertions.Expect(Page.Locator("#campaign-head .badge")).ToHaveTextAsync("running");
        await Button("Stop").ClickAsync();
        await Assertions.Expect(Page.Locator("#campaign-head .badge")).ToHaveTextAsync("stopped");
    }
}
