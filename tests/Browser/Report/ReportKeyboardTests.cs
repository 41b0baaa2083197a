using NUnit.Framework;
using OpenStage.Harness.Reports;

namespace OpenStage.Browser.Tests.Report;

/// <summary>The report without a mouse.</summary>
[TestFixture]
public sealed class ReportKeyboardTests : ReportPage
{
    protected override RunReport Report() => SampleReport.Make();

    [Test]
    public async Task Arrows_move_in_the_matrix_Enter_opens_and_Escape_comes_back()
    {
        await Page.Locator("#skip").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        Assert.That(await FocusedCellAsync(), Is.EqualTo("wpi/1/1 a"));
        await PressAsync("ArrowDown", "ArrowRight", "ArrowRight");
        Assert.That(await FocusedCellAsync(), Is.EqualTo("wpi/3.6.4/1 b"), "the edge holds");
        await PressAsync("ArrowLeft", "Enter");
        Assert.That(await FocusedCellAsync(), Is.EqualTo("detail"));
        Assert.That(await Detail.InnerTextAsync(), Does.Contain("status 'busy'"));
        await PressAsync("Escape");
        Assert.That(await Detail.CountAsync(), Is.Zero);
        Assert.That(await FocusedCellAsync(), Is.EqualTo("wpi/3.6.4/1 a"));
    }

    [Test]
    public async Task Home_and_End_go_to_the_ends_and_the_first_column_opens_the_case()
    {
        await Page.EvaluateAsync("matrix.focus()");
        await PressAsync("Control+End");
        Assert.That(await FocusedCellAsync(), Is.EqualTo("wpi/3.6.4/2 b"));
        await PressAsync("Control+Home");
        Assert.That(await FocusedCellAsync(), Is.EqualTo("wpi/1/1"));
        await PressAsync("Enter");
        Assert.That(await Detail.Locator(".chips a").CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_slash_searches_and_typing_keeps_the_place()
    {
        await PressAsync("/");
        await Page.Keyboard.TypeAsync("busy /");
        Assert.That(await FocusedCellAsync(), Is.EqualTo("search"));
        Assert.That(await Page.Locator("#search").InputValueAsync(), Is.EqualTo("busy /"));
    }

    [Test]
    public async Task Messages_are_walked_with_arrows_and_opened_with_Enter()
    {
        await OpenAsync("open=wpi%2F3.6.4%2F1+a");
        await Detail.Locator("g.message").First.FocusAsync();
        await PressAsync("ArrowDown", "Enter");
        Assert.That(await Detail.Locator("#message h3").First.InnerTextAsync(), Is.EqualTo("Message 2 of 4: WriteItems"));
        Assert.That(Page.Url, Does.Contain("message=2"));
    }

    [Test]
    public async Task The_matrix_is_one_stop_of_the_Tab_key() =>
        Assert.That(await Page.Locator("#matrix [tabindex='0']").CountAsync(), Is.EqualTo(1));

    [Test]
    public async Task What_has_the_focus_is_seen()
    {
        foreach (var key in new[] { "Tab", "Tab", "Tab" })
        {
            await PressAsync(key);
            Assert.That(await Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"), Is.EqualTo("solid"), await Page.EvaluateAsync<string>("document.activeElement.outerHTML"));
        }
    }

    private async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys)
            await Page.Keyboard.PressAsync(key);
    }
}
