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

    /// <summary>Pairs of parts of the phone of which one covers the other.</summary>
    private const string Overlaps = """
        (() => {
          const parts = ['.handset', '.screen', '.side', '.dial', '.fixed', '.wheel', '#modules'].map(name => [name, document.querySelector(name).getBoundingClientRect()]).filter(([, box]) => box.width > 0);
          const cover = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
          return parts.flatMap(([one, a], at) => parts.slice(at + 1).filter(([other, b]) => !(one === '.fixed' && other === '.wheel') && cover(a, b)).map(([other]) => one + ' ' + other));
        })()
        """;

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
    public Task ShowAsync() => ShowAsync("OpenStage 40");

    private async Task ShowAsync(string model)
    {
        problems.Clear();
        var log = new ControlLog();
        // Nobody listens on port 1: each message of the phone fails at once, and is shown.
        phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = new Uri("https://127.0.0.1:1"), Model = model, Mac = Mac, Address = "127.0.0.1", ContactMePort = 0 }, clock, log, null);
        await phone.WhenIdleAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(20));
        await phone.WhenIdleAsync(CancellationToken.None);
        control = await ControlApi.StartAsync([phone], log, 0, CancellationToken.None);
        page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1200, Height = 900 } });
        page.Console += (_, message) => { if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) problems.Add(message.Text); };
        page.PageError += (_, error) => problems.Add(error);
        page.Request += (_, request) => { if (!request.Url.StartsWith(control.Url.ToString(), StringComparison.Ordinal)) problems.Add($"asked {request.Url}"); };
        await page.GotoAsync($"{control.Url}phones/{Mac}");
        await page.GetByText("Default Mode").WaitForAsync();
    }

    [TearDown]
    public async Task HideAsync()
    {
        if (Environment.GetEnvironmentVariable("PANEL_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, TestContext.CurrentContext.Test.Name.Replace('"', '_') + ".png"), FullPage = true });
        await CloseThePhoneAsync();
        Assert.That(problems, Is.Empty);
    }

    private async Task CloseThePhoneAsync()
    {
        await page.CloseAsync();
        await control.DisposeAsync();
        await phone.DisposeAsync();
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

    [TestCase("OpenStage 15", 8, false)]
    [TestCase("OpenStage 20", 0, false)]
    [TestCase("OpenStage 40", 6, false)]
    [TestCase("OpenStage 60", 8, true)]
    [TestCase("OpenStage 80", 9, true)]
    public async Task Each_model_has_its_own_display_and_keys(string model, int keys, bool colour)
    {
        await CloseThePhoneAsync();
        await ShowAsync(model);
        await Assertions.Expect(page.Locator("#brand")).ToHaveTextAsync(model);
        await Assertions.Expect(page.Locator("#keys .key")).ToHaveCountAsync(keys);
        await Assertions.Expect(page.Locator("#screen.colour")).ToHaveCountAsync(colour ? 1 : 0);
        await Assertions.Expect(page.Locator("#shift")).ToBeVisibleAsync(new() { Visible = keys > 0 });
        // Landscape, as the real ones, and all that it says is to be seen.
        Assert.That(await page.EvaluateAsync<bool>("(() => { const s = document.getElementById('screen'); return s.clientWidth > s.clientHeight && s.scrollHeight <= s.clientHeight; })()"));

        // With all key modules that it takes.
        await phone.PlugKeyModulesAsync(phone.Model.Keys.Modules);
        await Assertions.Expect(page.Locator("#modules .module")).ToHaveCountAsync(phone.Model.Keys.Modules);
        foreach (var width in new[] { 360, 700, 1200 })
        {
            await page.SetViewportSizeAsync(width, 800);
            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
            Assert.That(await page.EvaluateAsync<string[]>(Overlaps), Is.Empty, $"parts of the phone that overlap at {width} pixels");
        }
    }

    [Test]
    public async Task Shift_shows_the_second_level_and_a_key_starts_the_change_of_its_label()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Shift" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Key 1003, no label" }).ClickAsync();
        await page.Keyboard.TypeAsync("Night");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#keys .key").Nth(2)).ToHaveTextAsync("Night");
        Assert.That(await phone.GetItemsAsync(), Has.Member(new Item("key-label-unicode", "Night", 1003)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Shift" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Key 3, no label" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_service_lamp_is_lit_while_the_phone_talks_to_the_service()
    {
        // The start-up that nobody takes is tried again three times.
        await Assertions.Expect(page.Locator("#service")).ToHaveAttributeAsync("aria-label", "Lamp on: provisioning service");
        for (var minute = 0; minute < 3; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await phone.WhenIdleAsync(CancellationToken.None);
        }

        await Assertions.Expect(page.Locator("#service")).ToHaveAttributeAsync("aria-label", "Lamp off: provisioning service");
        await Assertions.Expect(page.Locator("#messages li")).ToHaveCountAsync(4);
    }

    [Test]
    public async Task A_local_change_is_seen_as_a_message_without_a_reload()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await phone.WhenIdleAsync(CancellationToken.None);
        }

        await page.GetByLabel("Item", new() { Exact = true }).FillAsync("vlan-method");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        var first = page.Locator("#messages li").First;
        await Assertions.Expect(first).ToContainTextAsync("local-changes");
        await first.Locator("summary").ClickAsync();
        await Assertions.Expect(first.Locator("pre").First).ToContainTextAsync("vlan-method");
    }

    [Test]
    public async Task When_the_phone_is_taken_away_the_page_says_so_and_does_not_break()
    {
        await phone.DisposeAsync();
        await Assertions.Expect(page.Locator("#gone")).ToContainTextAsync("gone; trying again");
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
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Lift the handset" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#screen")).ToContainTextAsync("Call in progress");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Put the handset down" })).ToBeFocusedAsync();
    }

    [Test]
    public async Task A_setting_is_changed_and_a_wrong_one_is_refused_in_words()
    {
        await page.GetByLabel("Item", new() { Exact = true }).FillAsync("key-label-unicode");
        await page.GetByLabel("Index", new() { Exact = true }).FillAsync("2");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("Front desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        // The form is emptied when the phone has taken the change.
        await Assertions.Expect(page.GetByLabel("Value", new() { Exact = true })).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        Assert.That(await phone.GetItemsAsync(), Has.Member(new Item("key-label-unicode", "Front desk", 2)));

        await page.GetByLabel("Item", new() { Exact = true }).FillAsync("dhcp");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("maybe");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        // In its form, at its field; and what is allowed was to be read before.
        await Assertions.Expect(page.Locator("#change").GetByRole(AriaRole.Alert)).ToContainTextAsync("allowed is true or false");
        await Assertions.Expect(page.GetByLabel("Value", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.Locator("#hint")).ToContainTextAsync("Allowed is true or false.");
    }

    [Test]
    public async Task What_is_typed_while_a_change_is_on_its_way_is_kept()
    {
        var arrived = new TaskCompletionSource<IRoute>();
        await page.RouteAsync("**/local-changes", arrived.SetResult);
        await page.GetByLabel("Item", new() { Exact = true }).FillAsync("key-label-unicode");
        await page.GetByLabel("Index", new() { Exact = true }).FillAsync("2");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("Front desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        var route = await arrived.Task;
        await page.GetByLabel("Index", new() { Exact = true }).FillAsync("3");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("Back door");

        await route.ContinueAsync();
        await Assertions.Expect(page.Locator("[data-key='2']")).ToHaveAccessibleNameAsync("Key 2, Front desk");
        await page.UnrouteAsync("**/local-changes");
        await Assertions.Expect(page.GetByLabel("Value", new() { Exact = true })).ToHaveValueAsync("Back door");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-key='3']")).ToHaveAccessibleNameAsync("Key 3, Back door");
        Assert.That(await phone.GetItemsAsync(), Has.Member(new Item("key-label-unicode", "Front desk", 2)).And.Member(new Item("key-label-unicode", "Back door", 3)));
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
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take a call" })).ToBeDisabledAsync();
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

        // One that is aimed at certain messages is worn too, and comes off as well.
        await phone.SetQuirksAsync(["clock-far-off@3"]);
        await Assertions.Expect(page.Locator("#worn")).ToHaveTextAsync("clock-far-off@3");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "clock-far-off" }).UncheckAsync();
        await Assertions.Expect(page.Locator("#worn")).ToHaveTextAsync("none");
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
        await page.SetViewportSizeAsync(360, 800);
        await page.GotoAsync(control.Url.ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = Mac }).WaitForAsync();
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360));
        await page.GetByRole(AriaRole.Searchbox).FillAsync("openstage 40");
        await page.GetByRole(AriaRole.Link, new() { Name = Mac }).ClickAsync();
        await page.GetByText("Default Mode").WaitForAsync();
    }
}
