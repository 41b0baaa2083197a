using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator;
using OpenStage.Simulator.Control;

namespace OpenStage.Browser.Tests;

[TestFixture]
public sealed class FrontPanelTests
{
    private const string Mac = "00:1A:E8:00:00:01";

    private readonly List<string> problems = [];
    private readonly ManualClock clock = new();
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;
    private SimulatedPhone phone = null!;
    private ControlApi control = null!;
    private IPage page = null!;

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
    public async Task ShowAsync()
    {
        problems.Clear();
        var log = new ControlLog();
        // Nobody listens on port 1: each message of the phone fails at once, and is shown.
        phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = new Uri("https://127.0.0.1:1"), Model = "OpenStage 40", Mac = Mac, Address = "127.0.0.1", ContactMePort = 0 }, clock, log, null);
        await phone.WhenIdleAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(20));
        await phone.WhenIdleAsync(CancellationToken.None);
        control = await ControlApi.StartAsync([phone], log, 0, CancellationToken.None);
        page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1200, Height = 900 } });
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) => { if (!request.Url.StartsWith(control.Url.ToString(), StringComparison.Ordinal)) problems.Add($"asked {request.Url}"); };
        await page.GotoAsync($"{control.Url}phones/{Mac}");
        await page.GetByText("Default Mode").WaitForAsync();
    }

    [TearDown]
    public async Task HideAsync()
    {
        if (Environment.GetEnvironmentVariable("PANEL_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, TestContext.CurrentContext.Test.Name + ".png"), FullPage = true });
        await page.CloseAsync();
        await control.DisposeAsync();
        await phone.DisposeAsync();
        Assert.That(problems, Is.Empty);
    }

    [Test]
    public async Task The_page_shows_the_model_with_its_keys_and_its_messages()
    {
        Assert.That(await page.TitleAsync(), Is.EqualTo($"OpenStage 40 {Mac}"));
        await Assertions.Expect(page.Locator("#keys .key")).ToHaveCountAsync(6);
        await Assertions.Expect(page.Locator("#messages li").First).ToContainTextAsync("start-up");
        await page.Locator("#messages summary").First.ClickAsync();
        await Assertions.Expect(page.Locator("#messages pre").First).ToContainTextAsync("WorkpointMessage");
    }

    [Test]
    public async Task A_call_lights_the_lamp_and_shows_on_the_display_without_a_reload()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Take a call" }).ClickAsync();
        await Assertions.Expect(page.Locator("#screen")).ToContainTextAsync("Call in progress");
        await Assertions.Expect(page.Locator("#lamp")).ToHaveAttributeAsync("aria-label", "Lamp on: call");
        Assert.That((await phone.GetStateAsync()).InCall);

        await phone.EndCallAsync();
        await Assertions.Expect(page.Locator("#screen")).Not.ToContainTextAsync("Call in progress");
    }

    [Test]
    public async Task A_person_can_take_a_call_with_the_keyboard_alone()
    {
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#screen")).ToContainTextAsync("Call in progress");
    }

    [Test]
    public async Task A_setting_is_changed_and_a_wrong_one_is_refused_in_words()
    {
        await page.GetByLabel("Item", new() { Exact = true }).FillAsync("key-label-unicode");
        await page.GetByLabel("Index", new() { Exact = true }).FillAsync("2");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("Front desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        Assert.That(await phone.GetItemsAsync(), Has.Member(new Item("key-label-unicode", "Front desk", 2)));

        await page.GetByLabel("Item", new() { Exact = true }).FillAsync("dhcp");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("maybe");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("allowed is true or false");
    }

    [Test]
    public async Task A_key_module_is_drawn_when_it_is_plugged_in()
    {
        await page.GetByLabel("Plugged in").SelectOptionAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plug" }).ClickAsync();
        await Assertions.Expect(page.Locator("#modules .module .key")).ToHaveCountAsync(12);
    }

    [Test]
    public async Task Without_power_the_display_is_dark_and_with_power_the_phone_starts_up()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Pull the power" }).ClickAsync();
        await Assertions.Expect(page.Locator("#phone.off")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give power" }).ClickAsync();
        await Assertions.Expect(page.Locator("#screen")).ToContainTextAsync("Starting up");
    }

    [Test]
    public async Task A_mobile_user_who_may_not_log_on_is_told_why()
    {
        await page.GetByLabel("Number", new() { Exact = true }).FillAsync("4711");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log on" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("mobility-enabled is not true");

        await phone.ChangeLocallyAsync([new Item("mobility-enabled", "true")]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log on" }).ClickAsync();
        await Assertions.Expect(page.Locator("#screen")).ToContainTextAsync("Mobile user 4711");
    }

    [Test]
    public async Task Quirks_are_put_on_by_a_click()
    {
        await page.Locator("summary", new() { HasText = "Quirks" }).ClickAsync();
        await page.GetByLabel("Filter").FillAsync("far-off");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "clock-far-off" }).CheckAsync();
        await Assertions.Expect(page.Locator("#worn")).ToHaveTextAsync("clock-far-off");
        Assert.That((await phone.GetStateAsync()).Quirks, Is.EqualTo(new[] { "clock-far-off" }));
    }

    [TestCase(ColorScheme.Light, 360)]
    [TestCase(ColorScheme.Dark, 360)]
    [TestCase(ColorScheme.Dark, 1200)]
    public async Task The_page_fits_its_window_in_light_and_dark(ColorScheme scheme, int width)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await page.SetViewportSizeAsync(width, 800);
        await phone.PlugKeyModulesAsync(1);
        await Assertions.Expect(page.Locator("#modules .key")).ToHaveCountAsync(12);
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task The_list_of_phones_leads_to_the_phone()
    {
        await page.GotoAsync(control.Url.ToString());
        await page.GetByRole(AriaRole.Searchbox).FillAsync("openstage 40");
        await page.GetByRole(AriaRole.Link, new() { Name = Mac }).ClickAsync();
        await page.GetByText("Default Mode").WaitForAsync();
    }
}
