using Microsoft.Playwright;
using NUnit.Framework;

namespace OpenStage.Browser.Tests.Admin;

/// <summary>A browser at the administration of a server; nothing may go wrong in it unseen.</summary>
public abstract class AdminPageTests
{
    private protected const string Password = "correct horse battery";

    /// <summary>Texts whose colour stands out too little from what is behind them (WCAG 2: 4.5 to 1).</summary>
    private const string Faint = """
        (() => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const over = (top, below) => { const a = top[3] / 255; return [0, 1, 2].map(at => top[at] * a + below[at] * (1 - a)).concat(255); };
          const behind = element => { const own = rgba(getComputedStyle(element).backgroundColor); return own[3] === 255 ? own : over(own, element.parentElement ? behind(element.parentElement) : [255, 255, 255, 255]); };
          const light = colour => { const [r, g, b] = colour.slice(0, 3).map(part => { part /= 255; return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const found = [];
          for (const element of document.querySelectorAll('body *')) {
            const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()).join('') || element.placeholder || '';
            if (!text || !element.checkVisibility() || element.closest('.hidden, .skip, option')) continue;
            const back = behind(element), ink = over(rgba(getComputedStyle(element).color), back);
            const [a, b] = [light(ink), light(back)].sort((x, y) => y - x);
            if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`${text}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
          }
          return found;
        })()
        """;

    /// <summary>Fields without a label, links and buttons without a name, ids that are there twice.</summary>
    private const string Nameless = """
        (() => [
          ...[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(field => field.labels.length === 0).map(field => `no label: ${field.name}`),
          ...[...document.querySelectorAll('a, button')].filter(one => !(one.textContent.trim() || one.getAttribute('aria-label'))).map(one => `no name: ${one.outerHTML}`),
          ...[...document.querySelectorAll('[id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at).map(id => `twice: ${id}`),
          ...(document.querySelectorAll('h1').length === 1 ? [] : ['not one h1']),
        ])()
        """;

    private readonly List<string> problems = [];
    private int pictures;
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
        pictures = 0;
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

    /// <summary>
    /// Waits until the browser shows an address, asking for it again and again: who waits to be told of the next navigation
    /// misses one that has just ended.
    /// </summary>
    private protected async Task ArriveAsync(string path)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(new Uri(Lab.Server.AdminUrl, path).ToString(), new() { Timeout = 30_000 });
        await Page.WaitForFunctionAsync("document.readyState === 'complete'");
    }

    private protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private protected ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private protected ILocator Rows => Page.Locator("table.rows tbody tr");

    /// <summary>Waits until changes are told to the page.</summary>
    private protected Task LiveAsync() => Assertions.Expect(Page.Locator("#live-state")).ToHaveTextAsync("Live");

    /// <summary>The page can be read in light and dark, fits a narrow window, and all in it has a name.</summary>
    private protected async Task SeeAsync()
    {
        pictures++;
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            Assert.That(await Page.EvaluateAsync<string[]>(Faint), Is.Empty, $"faint in {scheme} at {Page.Url}");
            await PhotographAsync($"-{pictures}-{scheme}");
        }

        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        foreach (var width in new[] { 1000, 700, 360 })
        {
            await Page.SetViewportSizeAsync(width, 800);
            Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), Page.Url);
        }

        Assert.That(await Page.EvaluateAsync<string[]>(Nameless), Is.Empty, Page.Url);
        await PhotographAsync($"-{pictures}-narrow");
        await Page.SetViewportSizeAsync(1280, 860);
    }

    private protected async Task PhotographAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("PANEL_PICTURES") is { Length: > 0 } folder)
        {
            var file = string.Concat($"{TestContext.CurrentContext.Test.Name}{name}".Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"admin-{file}.png"), FullPage = true });
        }
    }
}
