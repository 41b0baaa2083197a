using Microsoft.Playwright;
using NUnit.Framework;

namespace OpenStage.Browser.Tests.Admin;

/// <summary>A server that no phone has called yet.</summary>
[TestFixture]
public sealed class NoPhonesTests : AdminPageTests
{
    private protected override Task PrepareAsync() => Task.CompletedTask;

    [Test]
    public async Task Empty_pages_say_what_to_do()
    {
        await GoAsync("/phones");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync($"port {Lab.Server.PhoneUrl.Port}");
        await GoAsync("/jobs");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("Choose one of the phones");
        await GoAsync("/");
        await Assertions.Expect(Page.Locator("#welcome")).ToContainTextAsync("Tell your phones to use");
    }

    [Test]
    public async Task The_first_phone_changes_the_overview_without_a_reload()
    {
        await GoAsync("/");
        await LiveAsync();
        using var phone = new RawPhone(Lab.Server.PhoneUrl, AdminLab.Known);
        await phone.CallAsync("start-up");
        await Assertions.Expect(Page.Locator("#tiles li").First).ToHaveTextAsync("1 phone");
        await Assertions.Expect(Page.Locator("#firmwares")).ToContainTextAsync("V3 R3.24.0");
    }
}
