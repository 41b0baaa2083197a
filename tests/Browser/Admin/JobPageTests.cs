using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class JobPageTests : AdminPageTests
{
    [Test]
    public async Task Jobs_are_found_by_phone_state_and_kind()
    {
        await GoAsync("/jobs");
        await Assertions.Expect(Rows.Locator("a.row")).ToHaveTextAsync(["4", "3", "2", "1"]);
        await Page.GetByLabel("State").SelectOptionAsync("partly failed");
        await ArriveAsync("/jobs?state=PartlyFailed");
        await Assertions.Expect(Rows.Locator("a.row")).ToHaveTextAsync(["2"]);
        await Page.GetByLabel("State").SelectOptionAsync("open");
        await Assertions.Expect(Rows.Locator("a.row")).ToHaveTextAsync(["3"]);
        await Link("Clear").ClickAsync();
        await Page.GetByLabel("What").SelectOptionAsync("Read items");
        await Page.GetByRole(AriaRole.Searchbox).FillAsync("001ae8000003");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Rows.Locator("a.row")).ToHaveTextAsync(["4"]);

        await GoAsync("/jobs?mac=nothing");
        await Assertions.Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("a MAC address such as");
    }

    [Test]
    public async Task A_job_is_cancelled_from_the_list_which_stays_as_it_was()
    {
        await GoAsync("/jobs?state=open");
        await Button("Cancel job 3").ClickAsync();
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("No job matches");
        Assert.That(new Uri(Page.Url).PathAndQuery, Is.EqualTo("/jobs?state=open"));
        Assert.That(Lab.Server.Jobs.Get(3)!.State, Is.EqualTo(JobState.Cancelled));
        await GoAsync("/jobs/3");
        await Assertions.Expect(Page.Locator("#job-head")).ToContainTextAsync("cancelled");
        await Assertions.Expect(Button("Cancel job")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task The_page_of_a_job_follows_it_to_its_end()
    {
        await Lab.OrderAsync(new JobRequest { Mac = AdminLab.Known, Kind = JobKind.WriteItems, Items = [new Item("dhcp", "true"), new Item("mac-addr", "1")] });
        await GoAsync("/jobs/5");
        await LiveAsync();
        await Assertions.Expect(Rows.First).ToContainTextAsync("none yet");
        await Lab.Phone.CallAsync("solicited");
        await Assertions.Expect(Page.Locator("#job-head .badge")).ToHaveTextAsync("running");
        await Lab.Phone.ReplyAsync("WriteItems", "accepted", ("mac-addr!", ""));
        await Lab.PassAsync(TimeSpan.FromSeconds(1));
        await Assertions.Expect(Page.Locator("#job-head .badge")).ToHaveTextAsync("partly failed");
        await Assertions.Expect(Rows.First.Locator(".badge")).ToHaveTextAsync("taken");
        await Assertions.Expect(Rows.Nth(1).Locator(".badge")).ToHaveTextAsync("read only");
        await Assertions.Expect(Page.Locator(".history li").First).ToContainTextAsync("1 of 2 items refused");
    }

    [Test]
    public async Task The_overview_tells_what_needs_attention()
    {
        await GoAsync("/");
        await Assertions.Expect(Page.Locator("#tiles li")).ToHaveTextAsync(["3 phones", "3 called in the last 24 h", "1 unreachable", "1 open job", "1 failed in the last 24 h"]);
        await Assertions.Expect(Page.Locator("#attention")).ToContainTextAsync(AdminLab.Unreachable);
        await Assertions.Expect(Page.Locator("#attention")).ToContainTextAsync("1 of 3 items refused");
        await Assertions.Expect(Page.Locator("#observations")).ToContainTextAsync("contact-me-answer");
        await Page.GetByRole(AriaRole.Link, new() { Name = "1 unreachable" }).ClickAsync();
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Times_are_told_by_the_clock_of_the_server()
    {
        await Lab.OrderAsync(new JobRequest { Mac = AdminLab.Known, Kind = JobKind.Contact });
        await Lab.PassAsync(TimeSpan.FromMinutes(125));
        await GoAsync("/jobs/5");
        var created = Page.Locator("#job-facts time").First;
        await Assertions.Expect(created).ToHaveTextAsync("2 h ago");
        await Assertions.Expect(created).ToHaveAttributeAsync("title", "2026-01-05 08:03:00 UTC");
    }
}
