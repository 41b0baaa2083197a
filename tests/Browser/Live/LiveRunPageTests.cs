using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Live;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Browser.Tests.Live;

/// <summary>The page of a running lab, while the run goes on.</summary>
[TestFixture(ColorScheme.Light, 1000)]
[TestFixture(ColorScheme.Dark, 360)]
public sealed class LiveRunPageTests(ColorScheme scheme, int width)
{
    private const string Hostile = "<img src=x onerror=\"window.broken=1\">";

    private static readonly CaseInfo Info = new() { Id = "wpi/3.6.4/1", Section = "3.6.4", Page = 46, Title = $"Busy phones refuse {Hostile}", Level = Level.Must, Requirement = "They refuse." };

    private readonly List<string> problems = [];
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private IPage page = null!;
    private LiveRun run = null!;
    private LiveServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await Browser.StartAsync(playwright);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
    }

    [SetUp]
    public async Task OpenAsync()
    {
        problems.Clear();
        run = new LiveRun(TimeProvider.System);
        run.Begin(Lab(), 2);
        server = await LiveServer.StartAsync(run, 0, TimeProvider.System, CancellationToken.None);
        page = await browser.NewPageAsync(new BrowserNewPageOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        page.Console += (_, message) => { if (message.Type == "error") problems.Add(message.Text); };
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) => { if (!request.Url.StartsWith(server.Url.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) problems.Add($"asked {request.Url}"); };
        await page.GotoAsync(server.Url.ToString());
    }

    [TearDown]
    public async Task NothingWentWrongAsync()
    {
        Assert.That(await page.EvaluateAsync<bool>("window.broken === undefined"), "text of a phone became markup");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        await page.CloseAsync();
        await server.DisposeAsync();
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public async Task The_page_says_what_runs_and_grows_with_each_result()
    {
        run.CaseBegins(Info, "b", () => $"solicited, answered {Hostile}");
        await page.GetByText("wpi/3.6.4/1 on b for").WaitForAsync();
        Assert.That(await page.Locator("#running").InnerTextAsync(), Does.Contain($"Last message: solicited, answered {Hostile}"));

        run.CaseEnds(Info, new ResultEntry { CaseId = Info.Id, PhoneId = "b", Verdict = Verdict.Fail, Compatible = false, Expected = "busy", Actual = Hostile });
        await page.GetByText("1 of 2 done.").WaitForAsync();
        Assert.That(await page.Locator("#cases td.fail").InnerTextAsync(), Does.Contain($"expected busy, got {Hostile}"));
        Assert.That(await page.Locator("#cases tr").First.Locator("td").CountAsync(), Is.EqualTo(3), "the second phone has the third column");
        Assert.That(await page.Locator("#counts .fail").InnerTextAsync(), Does.Contain("1"));

        run.CaseEnds(Info, new ResultEntry { CaseId = Info.Id, PhoneId = "a", Verdict = Verdict.Pass, Compatible = true });
        await page.Locator("#cases td.pass").WaitForAsync();
        Assert.That(await page.Locator("#cases tr").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_person_answers_that_it_is_done()
    {
        var answer = run.AskAsync($"put os40 into a call {Hostile}", CancellationToken.None);
        await page.GetByText("Please do: put os40 into a call").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        Assert.That(await answer, Is.Empty);
        await page.Locator(".prompt").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Test]
    public async Task A_person_answers_why_it_cannot_be_done()
    {
        var answer = run.AskAsync("set at os40 e164 to '1'", CancellationToken.None);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Why it cannot be done" }).FillAsync("the handset is broken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cannot" }).ClickAsync();
        Assert.That(await answer, Is.EqualTo("the handset is broken"));
    }

    [Test]
    public async Task At_the_end_the_page_leads_to_the_whole_report()
    {
        var folder = Directory.CreateTempSubdirectory("openstage-live-").FullName;
        try
        {
            ReportWriter.Write(new RunReport { RunId = "1", Title = "The end", StartedAt = DateTimeOffset.UnixEpoch, DurationSeconds = 1, Seed = 1, LabFile = "lab.json", Complete = true, Phones = [], Cases = [], Results = [] }, folder);
            run.End(folder);
            await page.GetByRole(AriaRole.Link, new() { Name = "The whole report" }).ClickAsync();
            await page.GetByText("The end").First.WaitForAsync();
            Assert.That(page.Url, Is.EqualTo($"{server.Url}report/"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static LabFile Lab() => new()
    {
        File = "lab.json",
        Title = $"Two phones {Hostile}",
        Phones = [Phone("a", "00:1A:E8:00:00:01"), Phone("b", "00:1A:E8:00:00:02")],
    };

    private static LabPhone Phone(string id, string mac) => new() { Id = id, Mac = mac, Model = "OpenStage 40" };
}
