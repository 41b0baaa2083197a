using Microsoft.Playwright;
using NUnit.Framework;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class LoginPageTests : AdminPageTests
{
    private protected override Task BeginAsync() => Task.CompletedTask;

    [Test]
    public async Task The_first_login_leads_over_a_new_password_to_the_page_that_was_asked_for()
    {
        await GoAsync("/phones?q=munich");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Log in");
        await Assertions.Expect(Page.Locator("nav")).ToHaveCountAsync(0);
        await LogInAsync("admin", Lab.Server.FirstPassword!);
        await Assertions.Expect(Page.Locator("main")).ToContainTextAsync("one-time password");

        // Nothing else is shown before.
        await GoAsync("/phones");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Change the password");
        await GoAsync("/password?returnUrl=%2Fphones%3Fq%3Dmunich");
        await ChangePasswordAsync(Lab.Server.FirstPassword!, "short");
        await Assertions.Expect(Page.Locator("#field-newPassword-error")).ToContainTextAsync("allowed is");
        await ChangePasswordAsync(Lab.Server.FirstPassword!, Password);
        await ArriveAsync("/phones?q=munich");
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
        await Assertions.Expect(Page.Locator(".who")).ToContainTextAsync("admin");
    }

    [Test]
    public async Task A_wrong_password_is_refused_at_its_field_and_is_not_shown_again()
    {
        await GoAsync("/login?returnUrl=%2F%2Fevil.example%2F");
        await LogInAsync("admin", "a wrong password");
        await Assertions.Expect(Page.Locator("#field-password-error")).ToContainTextAsync("the name and the password of an account");
        await Assertions.Expect(Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("admin");
        Assert.That(await Page.ContentAsync(), Does.Not.Contain("a wrong password"));
        await LogInAsync("admin", Lab.Server.FirstPassword!);
        await ChangePasswordAsync(Lab.Server.FirstPassword!, Password);
        // To no other server, whatever the link says.
        await ArriveAsync("/");
    }

    [Test]
    public async Task After_the_logout_nothing_is_shown_any_more()
    {
        await GoAsync("/login");
        await LogInAsync("admin", Lab.Server.FirstPassword!);
        await ChangePasswordAsync(Lab.Server.FirstPassword!, Password);
        await Button("Log out").ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Log in");
        await GoAsync("/phones");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Log in");
    }

    [Test]
    public async Task Who_may_only_look_sees_no_forms()
    {
        await GoAsync("/login");
        await LogInAsync("admin", Lab.Server.FirstPassword!);
        await ChangePasswordAsync(Lab.Server.FirstPassword!, Password);
        var status = await Page.EvaluateAsync<int>("""
            fetch('/api/accounts', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: 'guest', role: 'Viewer', password: 'first words of somebody' }) }).then(answer => answer.status)
            """);
        Assert.That(status, Is.EqualTo(201));
        await Button("Log out").ClickAsync();
        await LogInAsync("guest", "first words of somebody");
        await ChangePasswordAsync("first words of somebody", Password);
        await GoAsync($"/phones/{AdminLab.Known}");
        await Assertions.Expect(Page.Locator("#facts")).ToContainTextAsync("OpenStage 40");
        await Assertions.Expect(Page.Locator("main form")).ToHaveCountAsync(0);
        await GoAsync("/jobs");
        await Assertions.Expect(Rows).ToHaveCountAsync(4);
        await Assertions.Expect(Page.Locator("main form[method=post]")).ToHaveCountAsync(0);
    }
}
