using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NUnit.Framework;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class PhoneListPageTests : AdminPageTests
{
    [Test]
    public async Task A_search_finds_phones_by_a_part_of_what_is_known_of_them()
    {
        await GoAsync("/phones");
        await Assertions.Expect(Rows).ToHaveCountAsync(3);
        await Assertions.Expect(Page.Locator("#count")).ToHaveTextAsync("3 phones");
        await Page.Keyboard.PressAsync("/");
        await Assertions.Expect(Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("munich");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
        await Assertions.Expect(Rows.First).ToContainTextAsync(AdminLab.Known);
        // What was not asked for is not in the address.
        Assert.That(new Uri(Page.Url).PathAndQuery, Is.EqualTo("/phones?q=munich"));

        await Page.GetByRole(AriaRole.Searchbox).FillAsync("00:1a:e8:00:00:0%");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("No phone matches");
        await Link("Show all phones").ClickAsync();
        await Assertions.Expect(Rows).ToHaveCountAsync(3);
    }

    [Test]
    public async Task A_choice_narrows_the_list_at_once_and_stands_in_the_address()
    {
        await GoAsync("/phones");
        await Page.GetByLabel("Model").SelectOptionAsync("OpenStage 60");
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
        await Page.GetByLabel("State").SelectOptionAsync("unreachable");
        await ArriveAsync("/phones?model=OpenStage+60&state=unreachable");
        await Assertions.Expect(Rows.First.Locator(".badge").First).ToHaveTextAsync("unreachable");
        await Page.GetByLabel("State").SelectOptionAsync("idle");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("No phone matches");

        await GoAsync("/phones?firmware=V3+R3.24.0&location=Munich%2C+3rd+floor");
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
        await Assertions.Expect(Page.GetByLabel("Firmware")).ToHaveValueAsync("V3 R3.24.0");
        await Link("Clear").ClickAsync();
        await Assertions.Expect(Rows).ToHaveCountAsync(3);
    }

    [Test]
    public async Task A_choice_that_is_made_before_the_script_is_there_counts_as_well()
    {
        var held = new TaskCompletionSource();
        await Page.RouteAsync("**/pages.js", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await Page.GotoAsync(new Uri(Lab.Server.AdminUrl, "/phones").ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await Page.GetByLabel("Model").SelectOptionAsync("OpenStage 60");
        held.SetResult();
        await ArriveAsync("/phones?model=OpenStage+60");
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Columns_sort_one_way_and_then_the_other()
    {
        await GoAsync("/phones");
        await Link("Firmware").ClickAsync();
        await Assertions.Expect(Rows.Nth(1)).ToContainTextAsync("V2 R2.40.0");
        await Assertions.Expect(Rows.Nth(2)).ToContainTextAsync("V3 R3.24.0");
        await Link("Firmware").ClickAsync();
        await Assertions.Expect(Rows.First).ToContainTextAsync("V3 R3.24.0");
        await Assertions.Expect(Page.Locator("[aria-sort=descending]")).ToHaveTextAsync("Firmware");
        // A filter keeps the order.
        await Page.GetByLabel("State").SelectOptionAsync("idle");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("(?=.*state=idle).*sort=firmware"));
    }

    [Test]
    public async Task Many_phones_come_in_pages()
    {
        for (var number = 10; number < 65; number++)
        {
            using var phone = new RawPhone(Lab.Server.PhoneUrl, $"00:1A:E8:00:00:{number}");
            await phone.CallAsync("start-up");
        }

        await GoAsync("/phones?q=00:1a:e8");
        await Assertions.Expect(Rows).ToHaveCountAsync(50);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Assertions.Expect(Rows).ToHaveCountAsync(8);
        Assert.That(new Uri(Page.Url).Query, Does.Contain("q=00%3A1a%3Ae8").And.Contain("page=2"));
        await Assertions.Expect(Page.Locator(".pager")).ToContainTextAsync("Page 2 of 2");

        await GoAsync("/phones?page=9");
        await Assertions.Expect(Page.Locator(".pager")).ToContainTextAsync("Page 2 of 2");
    }

    [Test]
    public async Task The_keyboard_alone_leads_from_the_menu_to_a_phone_and_its_new_job()
    {
        await GoAsync("/");
        await Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(Link("Skip to content")).ToBeFocusedAsync();
        await Assertions.Expect(Link("Skip to content")).ToBeInViewportAsync();
        for (var press = 0; press < 3; press++)
            await Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(Page.Locator(".side nav a").Nth(1)).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await ArriveAsync("/phones");

        // j and k go along the rows.
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("k");
        await Assertions.Expect(Link(AdminLab.Known)).ToBeFocusedAsync();
        Assert.That(await Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"), Is.EqualTo("solid"));
        await Page.Keyboard.PressAsync("Enter");
        await ArriveAsync($"/phones/{AdminLab.Known}");

        await Page.GetByLabel("Items").FocusAsync();
        await Page.Keyboard.TypeAsync("dhcp = true");
        await Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(Page.Locator("#new-job summary:visible")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(Button("Create job")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await ArriveAsync("/jobs/5");
        await Assertions.Expect(Page.Locator("#job-items")).ToContainTextAsync("dhcp");
    }

    [Test]
    public async Task Anywhere_on_its_row_a_phone_is_opened_by_a_click()
    {
        await GoAsync("/phones");
        await Rows.First.ClickAsync(new() { Position = new() { X = 600, Y = 15 } });
        await ArriveAsync($"/phones/{AdminLab.Known}");
    }

    [Test]
    public async Task A_phone_that_calls_appears_without_a_reload_and_what_is_typed_stays()
    {
        await GoAsync("/phones");
        await LiveAsync();
        await Page.EvaluateAsync("window.sameDocument = true");
        await Page.GetByRole(AriaRole.Searchbox).FillAsync("half a wor");
        var first = await Rows.First.ElementHandleAsync();
        using var phone = new RawPhone(Lab.Server.PhoneUrl, "00:1A:E8:00:00:99");
        await phone.CallAsync("start-up");
        await Assertions.Expect(Rows).ToHaveCountAsync(4);
        await Assertions.Expect(Page.Locator("#count")).ToHaveTextAsync("4 phones");
        await Assertions.Expect(Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("half a wor");
        await Assertions.Expect(Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        Assert.That(await Page.EvaluateAsync<bool>("window.sameDocument"));
        Assert.That(await first.EvaluateAsync<bool>("row => row.isConnected"), "a row that did not change was replaced");
    }

    [Test]
    public async Task An_address_that_asks_for_nonsense_is_refused_in_words()
    {
        await GoAsync("/phones?sort=beauty");
        await Assertions.Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("sort beauty: allowed is Mac, Model, Firmware, Location, LastSeen.");
        await GoAsync("/phones?page=-1");
        await Assertions.Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("page -1");
        await GoAsync("/phones/00:1A:E8:00:00:77");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Not found");
    }
}
