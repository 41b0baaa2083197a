using Microsoft.Playwright;
using NUnit.Framework;

namespace OpenStage.Browser.Tests.Admin;

/// <summary>What holds for every page.</summary>
[TestFixture]
public sealed class LookTests : AdminPageTests
{
    private static readonly string[] Pages =
    [
        "/", "/phones", "/phones?q=nothing-like-this", $"/phones/{AdminLab.Known}", $"/phones/{AdminLab.Known}/items", $"/phones/{AdminLab.Known}/changes",
        $"/phones/{AdminLab.Known}/messages", $"/phones/{AdminLab.Hostile}", $"/phones/{AdminLab.Hostile}/items", $"/phones/{AdminLab.Hostile}/changes",
        $"/phones/{AdminLab.Hostile}/messages", "/jobs", "/jobs/2", "/jobs/4", "/settings", "/nowhere",
        "/password", "/campaigns", "/campaigns/new", "/templates", "/templates/new", $"/phones/{AdminLab.Known}/template",
    ];

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

    [Test]
    public async Task Every_page_can_be_read_in_light_and_dark_and_fits_a_narrow_window([ValueSource(nameof(Pages))] string path)
    {
        await GoAsync(path);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            Assert.That(await Page.EvaluateAsync<string[]>(Faint), Is.Empty, $"faint in {scheme}");
            await PhotographAsync($"-{scheme}");
        }

        foreach (var width in new[] { 360, 700, 1000 })
        {
            await Page.SetViewportSizeAsync(width, 800);
            Assert.That(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        }

        await Page.SetViewportSizeAsync(360, 800);
        Assert.That(await Page.EvaluateAsync<string[]>(Nameless), Is.Empty);
    }
}
