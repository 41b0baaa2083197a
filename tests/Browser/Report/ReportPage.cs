using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Harness.Reports;

namespace OpenStage.Browser.Tests.Report;

/// <summary>
/// A report that is opened from disk in a browser without a network: whatever is asked for but the report itself is
/// refused, and makes the test fail; so do errors of the page.
/// </summary>
public abstract class ReportPage
{
    private readonly List<string> problems = [];
    private string folder = "";
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    protected IPage Page { get; private set; } = null!;

    protected string Address { get; private set; } = "";

    protected ILocator Detail => Page.Locator("#detail");

    /// <summary>The title of each case that is in sight.</summary>
    protected ILocator Cases => Page.Locator("#matrix .case");

    protected abstract RunReport Report();

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        folder = Directory.CreateTempSubdirectory("openstage-report-").FullName;
        Address = new Uri(ReportWriter.Write(Report(), folder)).AbsoluteUri;
        playwright = await Playwright.CreateAsync();
        browser = await Browser.StartAsync(playwright);
        Page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1000, Height = 800 } });
        // A page that broke is found out soon; the slowest step of a busy machine takes seconds.
        Page.SetDefaultTimeout(15000);
        await Page.RouteAsync("**/*", route =>
        {
            if (route.Request.Url.Split('#')[0] == Address)
                return route.ContinueAsync();
            problems.Add($"asked for {route.Request.Url}");
            return route.AbortAsync();
        });
        Page.Console += (_, message) => { if (message.Type == "error") problems.Add(message.Text); };
        Page.PageError += (_, error) => problems.Add(error);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [SetUp]
    public async Task OpenAllAsync()
    {
        problems.Clear();
        await OpenAsync("");
    }

    [TearDown]
    public async Task NothingWentWrongAsync()
    {
        Assert.That(problems, Is.Empty);
        Assert.That(await Page.EvaluateAsync<bool>("window.broken === undefined"), "text of a phone became markup");
    }

    /// <summary>Opens an address as somebody does who got it by mail: the page is loaded anew.</summary>
    protected async Task OpenAsync(string hash)
    {
        await Page.GotoAsync("about:blank");
        await Page.GotoAsync(hash.Length == 0 ? Address : $"{Address}#{hash}");
        await Page.Locator("#matrix").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
    }

    protected ILocator Cell(string caseId, string phone) => Page.Locator($"[data-cell='{caseId} {phone}']");

    protected Task<string> FocusedCellAsync() => Page.EvaluateAsync<string>("document.activeElement.dataset.cell ?? document.activeElement.id");

    /// <summary>Keeps a picture of the page for whoever wants to look at it: in the folder that REPORT_PICTURES names.</summary>
    protected async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("REPORT_PICTURES") is { Length: > 0 } pictures)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(pictures, name + ".png"), FullPage = true });
    }
}
