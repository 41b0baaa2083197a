using Microsoft.Playwright;
using NUnit.Framework;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class AccountPageTests : AdminPageTests
{
    [Test]
    public async Task An_account_is_made_changed_and_noted_in_the_audit_log()
    {
        await GoAsync("/accounts");
        await Page.Locator("[name=name]").FillAsync("helper");
        await Page.Locator("[name=role]").SelectOptionAsync("Viewer");
        await Button("Create account").ClickAsync();
        var oneTime = await Page.Locator(".once code").TextContentAsync();
        Assert.That(oneTime, Has.Length.GreaterThanOrEqualTo(12));
        await SeeAsync();
        await GoAsync("/accounts");
        Assert.That(await Page.ContentAsync(), Does.Not.Contain(oneTime!));

        await Link("helper").ClickAsync();
        await SeeAsync();
        await Page.Locator("[name=role]").SelectOptionAsync("Operator");
        await Page.Locator("[name=disabled]").SelectOptionAsync("yes");
        await Button("Save").ClickAsync();
        await Assertions.Expect(Page.Locator(".head .badge")).ToHaveTextAsync("disabled");
        await Page.Locator("[name=newPassword]").FillAsync("short");
        await Button("Set password").ClickAsync();
        await Assertions.Expect(Page.Locator("#field-newPassword-error")).ToContainTextAsync("allowed is 12 to 256 characters");

        // The last administrator stays.
        await GoAsync("/accounts/admin");
        await Button("Delete with all tokens").ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("any but the last administrator");

        await GoAsync("/audit?resource=helper");
        await Assertions.Expect(Rows.First).ToContainTextAsync("refused 400");
        await Assertions.Expect(Rows.Nth(1)).ToContainTextAsync("account helper is now Operator, disabled");
        await SeeAsync();
    }

    [Test]
    public async Task A_token_of_ones_own_is_shown_once_and_taken_back()
    {
        await GoAsync("/me");
        await Page.Locator("[name=name]").FillAsync("nightly");
        await Button("Create token").ClickAsync();
        var token = await Page.Locator(".once code").TextContentAsync();
        await SeeAsync();
        using var http = new HttpClient { BaseAddress = Lab.Server.AdminUrl, DefaultRequestHeaders = { { "Authorization", $"Bearer {token}" } } };
        using var answer = await http.GetAsync(new Uri("/api/devices", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        await GoAsync("/me");
        Assert.That(await Page.ContentAsync(), Does.Not.Contain(token!));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Take back nightly" }).ClickAsync();
        await Assertions.Expect(Page.Locator("main")).ToContainTextAsync("None yet.");
        using var refused = await http.GetAsync(new Uri("/api/devices", UriKind.Relative));
        Assert.That((int)refused.StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task The_menu_opens_in_a_narrow_window_and_closes_by_the_keyboard()
    {
        await Page.SetViewportSizeAsync(360, 800);
        await Assertions.Expect(Link("Files")).ToBeHiddenAsync();
        await Button("Menu").ClickAsync();
        await Assertions.Expect(Link("Files")).ToBeVisibleAsync();
        await PhotographAsync("-menu");
        await Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Link("Files")).ToBeHiddenAsync();
        await Button("Menu").PressAsync("Enter");
        await Link("Files").ClickAsync();
        await ArriveAsync("/files");
        await Page.SetViewportSizeAsync(1280, 860);
        await Assertions.Expect(Link("Audit log")).ToBeVisibleAsync();
        await Assertions.Expect(Button("Menu")).ToBeHiddenAsync();
    }
}
