using Microsoft.Playwright;
using NUnit.Framework;

namespace OpenStage.Browser.Tests.Admin;

/// <summary>A browser at the administration of a server; nothing may go wrong in it unseen.</summary>
public abstract class AdminPageTests
{
    private protected const string Password = "correct horse battery";

    private readonly List<string> problems = [];
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    private protected AdminLab Lab { get; private set; } = null!;

    private protected IPage Page { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
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
    public async Task StartAsync()
    {
        problems.Clear();
        Lab = await AdminLab.StartAsync();
        await PrepareAsync();
        Page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 860 } });
        // A refused form is an answer with 4xx, which the browser notes as well.
        Page.Console += (_, message) => { if (message.Type is "error" or "warning" && !message.Text.Contains("status of 4", StringComparison.Ordinal)) problems.Add(message.Text); };
        Page.PageError += (_, error) => problems.Add(error);
        Page.Request += (_, request) => { if (!request.Url.StartsWith(Lab.Server.AdminUrl.ToString(), StringComparison.Ordinal)) problems.Add($"asked {request.Url}"); };
        Page.Response += (_, answer) => { if (answer.Status >= 500) problems.Add($"{answer.Status} {answer.Url}"); };
        await BeginAsync();
    }

    [TearDown]
    public async Task EndAsync()
    {
        // A click may have begun a navigation that is not over.
        await Page.WaitForLoadStateAsync();
        await PhotographAsync("");
        Assert.That(await Page.EvaluateAsync<bool>("window.broken === undefined"), "text of a phone became markup");
        await Page.CloseAsync();
        await Lab.DisposeAsync();
        Assert.That(problems, Is.Empty);
    }

    private protected virtual Task PrepareAsync() => Lab.FillAsync();

    /// <summary>What is done before each test: the browser is given the cookie of a login, as <see cref="LoginPageTests"/> shows how it gets it.</summary>
    private protected virtual async Task BeginAsync()
    {
        var cookie = new Cookie { Name = "openstage-session", Value = Lab.LogIn(), Url = Lab.Server.AdminUrl.ToString(), HttpOnly = true, SameSite = SameSiteAttribute.Strict };
        await Page.Context.AddCookiesAsync([cookie]);
        await GoAsync("/");
    }

    private protected async Task LogInAsync(string name, string password)
    {
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Button("Log in").ClickAsync();
    }

    private protected async Task ChangePasswordAsync(string present, string next)
    {
        await Page.GetByLabel("Present password").FillAsync(present);
        await Page.GetByLabel("New password", new() { Exact = true }).FillAsync(next);
        await Page.GetByLabel("New password once more").FillAsync(next);
        await Button("Change").ClickAsync();
    }

    private protected Task GoAsync(string path) => Page.GotoAsync(new Uri(Lab.Server.AdminUrl, path).ToString());

    private protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private protected ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private protected ILocator Rows => Page.Locator("table.rows tbody tr");

    /// <summary>Waits until changes are told to the page.</summary>
    private protected Task LiveAsync() => Assertions.Expect(Page.Locator("#live-state")).ToHaveTextAsync("Live");

    private protected async Task PhotographAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("PANEL_PICTURES") is { Length: > 0 } folder)
        {
            var file = string.Concat($"{TestContext.CurrentContext.Test.Name}{name}".Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"admin-{file}.png"), FullPage = true });
        }
    }
}
