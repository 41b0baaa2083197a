using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Harness.Reports;

namespace OpenStage.Browser.Tests.Report;

/// <summary>Light and dark, narrow screens, and paper.</summary>
[TestFixture]
public sealed class ReportLookTests : ReportPage
{
    protected override RunReport Report() => SampleReport.Make();

    [TearDown]
    public async Task AsBeforeAsync()
    {
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light, Media = Media.Screen });
        await Page.SetViewportSizeAsync(1000, 800);
    }

    [Test]
    public async Task The_page_is_light_or_dark_as_the_system_and_the_switch_overrules_it()
    {
        Assert.That(await PaperAsync(), Is.EqualTo("rgb(247, 248, 248)"));
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        Assert.That(await PaperAsync(), Is.EqualTo("rgb(20, 23, 26)"));
        await PictureAsync("dark");
        await Page.Locator("#look").ClickAsync();
        Assert.That(await PaperAsync(), Is.EqualTo("rgb(247, 248, 248)"));
        await Page.ReloadAsync();
        Assert.That(await PaperAsync(), Is.EqualTo("rgb(247, 248, 248)"), "kept in the address");
    }

    [Test]
    public async Task Every_text_can_be_read_on_its_ground([Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme, [Values("", "view=since", "open=wpi%2F3.6.4%2F1+a&message=3")] string hash)
    {
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await OpenAsync(hash);
        if (hash.Contains("message", StringComparison.Ordinal))
            await Detail.Locator("pre").WaitForAsync();
        // Contrast as WCAG 2.2 has it, 4.5 : 1; what is faded or disabled on purpose is no text to read.
        var weak = await Page.EvaluateAsync<string[]>("""
            () => {
              const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const numbers = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
              const light = colour => { const [r, g, b] = numbers(colour).map(part => { part /= 255; return part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
              const ground = one => { for (; one; one = one.parentElement) { const colour = getComputedStyle(one).backgroundColor; if (numbers(colour)[3] === 255) return colour; } return 'white'; };
              return [...document.querySelectorAll('main *')]
                .filter(one => one.checkVisibility() && !one.closest('svg, .faded, :disabled, option') && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .map(one => { const [ink, paper] = [light(getComputedStyle(one).color), light(ground(one))]; return [(Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05), one.outerHTML.slice(0, 90)]; })
                .filter(([ratio]) => ratio < 4.5).map(([ratio, html]) => `${ratio.toFixed(2)} ${html}`);
            }
            """);
        Assert.That(weak, Is.Empty);
    }

    [TestCase("")]
    [TestCase("view=rules")]
    [TestCase("view=since")]
    [TestCase("open=wpi%2F3.6.4%2F1+a&message=3")]
    public async Task The_page_fits_a_screen_of_360_pixels(string hash)
    {
        await Page.SetViewportSizeAsync(360, 700);
        await OpenAsync(hash);
        if (hash.Contains("message", StringComparison.Ordinal))
            await Detail.Locator("pre").WaitForAsync();
        Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(360));
        await PictureAsync("narrow-" + hash.Split('=')[0]);
    }

    [Test]
    public async Task Paper_has_the_summary_failures_whole_and_the_matrix()
    {
        await OpenAsync("show=failures&phone=b");
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        var paper = Page.Locator("#paper");
        await paper.Locator("article").First.WaitForAsync();
        var text = await paper.InnerTextAsync();
        Assert.That(text, Does.Contain("1 setting was not set back").And.Contain("What is wrong").And.Contain("Phones in a call refuse.").And.Contain("status 'busy'").And.Contain("'accepted'").And.Contain("Put the cable in."));
        Assert.That(await paper.Locator("article").CountAsync(), Is.EqualTo(3), "whatever the screen filters");
        Assert.That(await paper.Locator("tbody tr").CountAsync(), Is.EqualTo(3));
        Assert.That(await Page.Locator("#report").IsVisibleAsync(), Is.False);
        await PictureAsync("paper");
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
        await Assertions.Expect(paper.Locator("article")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task A_real_print_has_the_paper_too()
    {
        // The PDF is the browser's own; that it has pages with text is all that is asked of it.
        await Page.EvaluateAsync("window.printed = 0; addEventListener('beforeprint', () => { window.printed = document.querySelectorAll('#paper article').length; })");
        Assert.That(await Page.PdfAsync(), Has.Length.GreaterThan(10000));
        Assert.That(await Page.EvaluateAsync<int>("window.printed"), Is.EqualTo(3));
    }

    private Task<string> PaperAsync() => Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
