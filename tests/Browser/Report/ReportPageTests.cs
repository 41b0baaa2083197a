using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Harness.Reports;

namespace OpenStage.Browser.Tests.Report;

/// <summary>What the report shows, and that its address brings the same back.</summary>
[TestFixture]
public sealed class ReportPageTests : ReportPage
{
    protected override RunReport Report() => SampleReport.Make();

    [Test]
    public async Task What_is_wrong_with_the_run_itself_is_at_the_top()
    {
        var head = await Page.Locator("header").First.InnerTextAsync();
        Assert.That(head, Does.Contain("1 setting was not set back").And.Contain("b: sntp-addr (case wpi/1/1). The phone did not answer."));
        Assert.That(head, Does.Contain("The run is not complete: 6 of 9 results are there.").And.Contain("Lab error: port in use"));
        Assert.That(await Page.Locator(".banner.bad").EvaluateAsync<string>("one => getComputedStyle(one).color"), Is.EqualTo("rgb(179, 38, 30)"), "red");
        await PictureAsync("light");
    }

    [Test]
    public async Task Failures_are_filtered_opened_and_show_their_messages()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Failures", Exact = true }).ClickAsync();
        await Assertions.Expect(Cases).ToHaveCountAsync(1);
        Assert.That(Page.Url, Does.Contain("show=failures"));

        await Page.Locator(".cell.fail").ClickAsync();
        Assert.That(await Detail.InnerTextAsync(), Does.Contain("status 'busy'").And.Contain("page 46").And.Contain("Phones in a call refuse")
            .And.Contain("Does not work with a service").And.Contain("0 of 2 passed").And.Contain("new failure; in 20260301T020000Z it was ✓ pass").And.Contain("flake score 1").And.Contain("Rules\nR-8.04-1")
            .And.Contain("lab run \"lab.json\" --seed 7 --where \"case == wpi/3.6.4/1 and phone == a\""));
        await Assertions.Expect(Detail.Locator("g.message")).ToHaveCountAsync(4);
        Assert.That(await Detail.Locator("svg").TextContentAsync(), Does.Contain("300 s later"));

        await Detail.GetByRole(AriaRole.Button, new() { Name = "WriteItems, to the phone" }).ClickAsync();
        Assert.That(await Detail.Locator("pre").InnerTextAsync(), Does.Contain("<Action>WriteItems</Action>"));
        await PictureAsync("detail");
    }

    [Test]
    public async Task Filters_in_the_address_survive_a_reload_and_can_be_cleared()
    {
        await Page.Locator("[data-choice=level]").SelectOptionAsync("must");
        await Page.Locator("[data-choice=phone]").SelectOptionAsync("b");
        await Page.Locator("#search").FillAsync("p.15");
        await Page.ReloadAsync();

        await Assertions.Expect(Cases).ToHaveCountAsync(1);
        Assert.That(await Page.Locator("[data-choice=level]").InputValueAsync(), Is.EqualTo("must"));
        Assert.That(await Page.Locator("#search").InputValueAsync(), Is.EqualTo("p.15"));
        Assert.That(await Page.Locator("#count").InnerTextAsync(), Is.EqualTo("1 of 6 results, 1 of 3 cases, 1 of 2 phones"));
        Assert.That(await Page.Locator("#one-phone").InnerTextAsync(), Does.StartWith("b: OpenStage 15, V2 R2.30.0, 00:1A:E8:00:00:02, physical"));

        await Page.Locator("#clear").ClickAsync();
        await Assertions.Expect(Cases).ToHaveCountAsync(3);
    }

    [TestCase("verdict=lab-error", 2)]
    [TestCase("works=no", 1)]
    [TestCase("change=mended", 2)]
    [TestCase("model=OpenStage+15", 3)]
    [TestCase("section=1", 2)]
    [TestCase("level=should", 2)]
    [TestCase("side=server", 0)]
    [TestCase("text=accepted", 2)]
    [TestCase("text=cable", 2)]
    [TestCase("verdict=fail&phone=b", 0)]
    [TestCase("phone=nobody", 0)]
    public async Task An_address_with_a_filter_opens_filtered(string hash, int results)
    {
        await OpenAsync(hash);
        Assert.That(await Page.Locator("#count").InnerTextAsync(), Does.StartWith($"{results} of 6 results"));
    }

    [Test]
    public async Task A_link_opens_the_message_that_it_names_with_the_items_before_and_after()
    {
        await OpenAsync("open=wpi%2F3.6.4%2F1+a&message=3");
        await Assertions.Expect(Detail.Locator("#message h3").First).ToHaveTextAsync("Message 3 of 4: reply-to WriteItems accepted");
        Assert.That(await Detail.Locator("tr.changed").AllInnerTextsAsync(), Is.EqualTo(new[] { "sntp-addr\told.example\tnew.example" }));
        Assert.That(await Detail.Locator("tbody tr").CountAsync(), Is.EqualTo(1));
        await Detail.Locator("[data-items=all]").ClickAsync();
        Assert.That(await Detail.Locator("tbody tr").CountAsync(), Is.EqualTo(2));
        Assert.That(await Detail.Locator("g.open").CountAsync(), Is.EqualTo(1));
        await PictureAsync("message");
    }

    [Test]
    public async Task What_the_service_asks_for_is_not_known_before_the_phone_accepts()
    {
        await OpenAsync("open=wpi%2F3.6.4%2F1+a&message=2");
        await Assertions.Expect(Detail.Locator("tr.changed")).ToHaveCountAsync(1);
        Assert.That(await Detail.Locator(".knowledge").InnerTextAsync(), Does.Contain("The service asks for 1 item;").And.Contain("ASKED FOR").IgnoreCase.And.Contain("old.example"));
    }

    [Test]
    public async Task A_link_to_a_case_shows_it_on_every_phone()
    {
        await OpenAsync("open=wpi%2F3.6.4%2F1");
        Assert.That(await Detail.Locator(".chips").InnerTextAsync(), Does.Contain("✗ a").And.Contain("✓ b"));
        await Detail.Locator(".chips a").First.ClickAsync();
        Assert.That(await Detail.InnerTextAsync(), Does.Contain("status 'busy'"));
        await Page.GoBackAsync();
        await Assertions.Expect(Detail.Locator(".chips a")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task A_link_to_what_is_not_there_says_so()
    {
        await OpenAsync("open=wpi%2F9%2F9+a");
        Assert.That(await Page.Locator("#detail-place").InnerTextAsync(), Is.EqualTo("The address names 'wpi/9/9 a', which this report does not have."));
    }

    [Test]
    public async Task Evidence_is_linked_below_the_report_and_nowhere_else()
    {
        await OpenAsync("open=wpi%2F3.6.4%2F1+a");
        Assert.That(await Detail.GetByText("case.har").GetAttributeAsync("href"), Is.EqualTo("./evidence/a/wpi-3.6.4-1/case.har"));
        Assert.That(await Detail.Locator("a[href*='..']").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Hostile_text_is_shown_as_text_and_a_lab_error_says_what_to_do()
    {
        await Page.Locator(".cell.lab-error").First.ClickAsync();
        Assert.That(await Detail.InnerTextAsync(), Does.Contain("<img src=x").And.Contain("What to do next\nPut the cable in."));
    }

    [Test]
    public async Task Rules_lead_to_cases_and_verdicts_and_those_without_a_case_have_their_reason()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Rules" }).ClickAsync();
        var rule = Page.Locator("#R-8\\.04-3");
        await Assertions.Expect(rule).ToContainTextAsync("No case: The lab cannot see the flag.");
        await Assertions.Expect(Page.Locator("#R-8\\.04-1")).ToContainTextAsync("✗ a");
        await PictureAsync("rules");
        await Page.Locator("#R-8\\.04-1").GetByText("Busy phones refuse").ClickAsync();
        Assert.That(await Detail.Locator(".chips a").CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_last_run_is_compared_and_unsteady_cases_are_named()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Since the last run" }).ClickAsync();
        Assert.That(await Page.Locator("#since-new").InnerTextAsync(), Does.Contain("New failures: 1").And.Contain("a: Busy phones refuse").And.Contain("✓ pass → ✗ fail"));
        Assert.That(await Page.Locator("#since-mended li").CountAsync(), Is.EqualTo(2));
        Assert.That(await Page.Locator("#since-still").InnerTextAsync(), Does.Contain("Still failing: 0"));
        Assert.That(await Page.Locator("#since-unsteady").InnerTextAsync(), Does.Contain("flake score 1: ✓ ✗"));
        await PictureAsync("since");
    }
}
