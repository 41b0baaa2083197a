using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Browser.Tests;

[TestFixture]
public sealed class ReportPageTests
{
    private const string Hostile = "</script><img src=x onerror=\"window.broken=1\"><!-- & \u2028";

    private readonly List<string> problems = [];
    private string folder = "";
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private IPage page = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        folder = Directory.CreateTempSubdirectory("openstage-report-").FullName;
        var html = ReportWriter.Write(Report(), folder);
        playwright = await Playwright.CreateAsync();
        browser = await Browser.StartAsync(playwright);
        page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1000, Height = 800 } });
        page.Console += (_, message) => { if (message.Type == "error") problems.Add(message.Text); };
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) => { if (!request.Url.StartsWith("file:", StringComparison.Ordinal)) problems.Add($"asked the network for {request.Url}"); };
        await page.GotoAsync(new Uri(html).AbsoluteUri);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [SetUp]
    public async Task ShowAllAsync()
    {
        problems.Clear();
        await page.EvaluateAsync("location.hash = ''");
        await page.Locator("[data-show=all][aria-pressed=true]").WaitForAsync();
    }

    [TearDown]
    public async Task NothingWentWrongAsync()
    {
        Assert.That(problems, Is.Empty);
        Assert.That(await page.EvaluateAsync<bool>("window.broken === undefined"), "text of a phone became markup");
    }

    [Test]
    public async Task Failures_are_filtered_opened_and_show_their_messages()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Failures" }).ClickAsync();
        Assert.That(await page.Locator("tbody td.case").CountAsync(), Is.EqualTo(1));
        Assert.That(page.Url, Does.Contain("show=failures"));

        await page.Locator("button.cell.fail").ClickAsync();
        var detail = page.Locator("#detail");
        Assert.That(await detail.InnerTextAsync(), Does.Contain("status 'busy'").And.Contain("page 46").And.Contain("Phones in a call refuse"));
        Assert.That(await detail.Locator("svg g.message").CountAsync(), Is.EqualTo(4));

        await detail.GetByRole(AriaRole.Button, new() { Name = "WriteItems, to the phone" }).ClickAsync();
        Assert.That(await detail.Locator("pre").InnerTextAsync(), Does.Contain("<Action>WriteItems</Action>"));
    }

    [Test]
    public async Task Hostile_text_is_shown_as_text()
    {
        await page.Locator("button.cell.lab-error").ClickAsync();
        Assert.That(await page.Locator("#detail").InnerTextAsync(), Does.Contain("<img src=x"));
    }

    [Test]
    public async Task Escape_closes_a_case()
    {
        await page.Locator("button.cell.fail").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.That(await page.Locator("#detail").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task An_address_with_a_filter_opens_filtered()
    {
        await page.EvaluateAsync("location.hash = 'show=failures&open=wpi%2F3.6.4%2F1+a'");
        await page.Locator("#detail").WaitForAsync();
        Assert.That(await page.Locator("tbody td.case").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Search_narrows_the_cases()
    {
        await page.GetByRole(AriaRole.Searchbox).FillAsync("p.15");
        Assert.That(await page.Locator("tbody td.case").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_page_fits_a_screen_of_360_pixels()
    {
        await page.SetViewportSizeAsync(360, 700);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360));
        await page.SetViewportSizeAsync(1000, 800);
    }

    private static RunReport Report()
    {
        var exchange = new ExchangeEntry
        {
            Kind = "message",
            OffsetMilliseconds = 10,
            DurationMilliseconds = 2,
            Method = "POST",
            Target = "/DeploymentService/LoginService",
            RequestLabel = "solicited",
            ResponseLabel = "WriteItems",
            Status = 200,
            ResponseBody = "<DLSMessage><Action>WriteItems</Action></DLSMessage>",
        };
        return new RunReport
        {
            RunId = "1",
            Title = Hostile,
            StartedAt = DateTimeOffset.UnixEpoch,
            DurationSeconds = 1,
            Seed = 1,
            LabFile = "lab.json",
            Complete = true,
            Phones = [new PhoneEntry { Id = "a", Mac = "00:1A:E8:00:00:01", Model = "OpenStage 40", Firmware = "V3 R3.24.0", Address = "127.20.0.1:8085", Kind = "emulated" }],
            Cases =
            [
                new CaseEntry { Id = "wpi/1/1", Section = "1", Page = 15, Title = "Contact-me is acknowledged", Level = Level.Must, Requirement = "It is." },
                new CaseEntry { Id = "wpi/3.6.4/1", Section = "3.6.4", Page = 46, Title = "Busy phones refuse", Level = Level.Must, Requirement = "Phones in a call refuse." },
                new CaseEntry { Id = "wpi/3.6.4/2", Section = "3.6.4", Page = 46, Title = Hostile, Level = Level.Should, Requirement = Hostile },
            ],
            Results =
            [
                new ResultEntry { CaseId = "wpi/1/1", PhoneId = "a", Verdict = Verdict.Pass, Compatible = true },
                new ResultEntry { CaseId = "wpi/3.6.4/1", PhoneId = "a", Verdict = Verdict.Fail, Compatible = false, Expected = "status 'busy'", Actual = "'accepted'", Exchanges = [exchange, exchange with { RequestLabel = "reply-to WriteItems accepted", ResponseLabel = "CleanUp" }] },
                new ResultEntry { CaseId = "wpi/3.6.4/2", PhoneId = "a", Verdict = Verdict.LabError, Compatible = true, Reason = Hostile, Actual = Hostile },
            ],
        };
    }
}
