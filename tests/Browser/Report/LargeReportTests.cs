using System.Globalization;
using NUnit.Framework;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Browser.Tests.Report;

/// <summary>200 phones × 150 cases: what keeps the page quick is how little is in it, and how little each step puts there. No clock is asked.</summary>
[TestFixture]
public sealed class LargeReportTests : ReportPage
{
    private const int Phones = 200;
    private const int CaseCount = 150;

    /// <summary>A screen shows some 15 rows of some 20 phones.</summary>
    private const int MostElements = 2500;

    /// <summary>Elements that a test may have the page make in all, far from the 30,000 of a matrix that is made whole.</summary>
    private const int MostMade = 5000;

    protected override RunReport Report() => new()
    {
        RunId = "1",
        Title = "Large",
        StartedAt = DateTimeOffset.UnixEpoch,
        DurationSeconds = 1,
        Seed = 1,
        LabFile = "lab.json",
        Complete = true,
        PreviousRun = "0",
        Phones = [.. Enumerable.Range(0, Phones).Select(number => new PhoneEntry { Id = PhoneId(number), Mac = $"00:1A:E8:00:00:{number:X2}", Model = number % 2 == 0 ? "OpenStage 40" : "OpenStage 60", Firmware = "V3 R3.24.0", Address = "127.20.0.1:8085", Kind = "emulated" })],
        Cases = [.. Enumerable.Range(0, CaseCount).Select(number => new CaseEntry { Id = CaseId(number), Section = $"3.{number / 15}", Page = 30 + number / 15, Title = $"A phone does thing {number} as it should", Level = Level.Must, Requirement = $"Thing {number} is done." })],
        Results = [.. Enumerable.Range(0, Phones).SelectMany(phone => Enumerable.Range(0, CaseCount).Select(number => Result(phone, number)))],
    };

    [OneTimeSetUp]
    public Task WatchAsync() => Page.AddInitScriptAsync("""
        window.made = 0;
        new MutationObserver(changes => {
          for (const node of changes.flatMap(change => [...change.addedNodes]))
            if (node.nodeType === Node.ELEMENT_NODE) window.made += 1 + node.querySelectorAll('*').length;
        }).observe(document, { childList: true, subtree: true });
        """);

    [TearDown]
    public async Task LittleWasMadeAsync()
    {
        var made = await Page.EvaluateAsync<int>("window.made");
        TestContext.Out.WriteLine($"{made} elements made");
        Assert.That(made, Is.GreaterThan(0).And.LessThan(MostMade));
        Assert.That(await Page.EvaluateAsync<int>("document.querySelectorAll('*').length"), Is.LessThan(MostElements));
    }

    [Test]
    public async Task Only_what_is_in_sight_is_in_the_page_and_scrolling_brings_the_rest()
    {
        Assert.That(await Page.Locator("#count").InnerTextAsync(), Is.EqualTo("30000 of 30000 results, 150 of 150 cases, 200 of 200 phones"));
        Assert.That(await Cell(CaseId(149), PhoneId(199)).CountAsync(), Is.Zero);
        await PictureAsync("large");
        await Page.Locator("#matrix").EvaluateAsync("matrix => matrix.scrollTo(matrix.scrollWidth, matrix.scrollHeight)");
        await Cell(CaseId(149), PhoneId(199)).WaitForAsync();
        Assert.That(await Cell(CaseId(0), PhoneId(0)).CountAsync(), Is.Zero);
        await PictureAsync("large-end");
    }

    [Test]
    public async Task Search_and_filters_leave_what_matches()
    {
        await Page.Locator("#search").FillAsync("thing 77 ");
        Assert.That(await Page.Locator("#count").InnerTextAsync(), Is.EqualTo("200 of 30000 results, 1 of 150 cases, 200 of 200 phones"));
        await Page.Locator("#clear").ClickAsync();
        await Page.GetByText("Failures", new() { Exact = true }).ClickAsync();
        Assert.That(await Page.Locator("#count").InnerTextAsync(), Does.StartWith("300 of 30000 results"));
        await Page.Locator("[data-choice=phone]").SelectOptionAsync(PhoneId(7));
        Assert.That(await Page.Locator("#count").InnerTextAsync(), Does.EndWith("1 of 200 phones"));
    }

    [Test]
    public async Task The_keyboard_reaches_the_far_corner_and_opens_it()
    {
        await Page.EvaluateAsync("matrix.focus()");
        await Page.Keyboard.PressAsync("Control+End");
        Assert.That(await FocusedCellAsync(), Is.EqualTo($"{CaseId(149)} {PhoneId(199)}"));
        Assert.That(await Page.EvaluateAsync<bool>("(() => { const cell = document.activeElement.getBoundingClientRect(), frame = document.getElementById('matrix').getBoundingClientRect(); return cell.bottom <= frame.bottom + 1 && cell.right <= frame.right + 1 && cell.left >= frame.left; })()"), "in sight");
        await Page.Keyboard.PressAsync("Enter");
        await Detail.Locator("g.message").First.WaitForAsync();
        await Page.Keyboard.PressAsync("Escape");
        Assert.That(await FocusedCellAsync(), Is.EqualTo($"{CaseId(149)} {PhoneId(199)}"));
    }

    [Test]
    public async Task The_views_beside_the_matrix_are_bounded_too()
    {
        await OpenAsync("view=since");
        Assert.That(await Page.Locator("#since-new li").CountAsync(), Is.EqualTo(100));
        Assert.That(await Page.Locator("#since-new").InnerTextAsync(), Does.Contain("New failures: 300").And.Contain("And 200 more."));
        await LittleWasMadeAsync();
        await OpenAsync($"open={Uri.EscapeDataString(CaseId(3))}");
        Assert.That(await Detail.Locator(".chips a").CountAsync(), Is.EqualTo(Phones));
    }

    private static string PhoneId(int number) => string.Create(CultureInfo.InvariantCulture, $"phone-{number:000}");

    private static string CaseId(int number) => string.Create(CultureInfo.InvariantCulture, $"wpi/3.{number / 15}/{number % 15 + 1}");

    private static ResultEntry Result(int phone, int number)
    {
        var isBad = (phone + number) % 100 == 0;
        return new ResultEntry
        {
            CaseId = CaseId(number),
            PhoneId = PhoneId(phone),
            Verdict = isBad ? Verdict.Fail : Verdict.Pass,
            Compatible = !isBad,
            Expected = isBad ? "this" : "",
            Actual = isBad ? "that" : "",
            Exchanges =
            [
                new ExchangeEntry
                {
                    Kind = "message", OffsetMilliseconds = number * 10, DurationMilliseconds = 1, Method = "POST", Target = "/", RequestLabel = "solicited", ResponseLabel = "CleanUp",
                    RequestBody = $"<WorkpointMessage><Message><ReasonForContact>solicited</ReasonForContact><ItemList><Item name=\"mac-addr\">{phone}</Item></ItemList></Message></WorkpointMessage>",
                    ResponseBody = "<DLSMessage><Message><Action>CleanUp</Action></Message></DLSMessage>", Status = 200,
                },
            ],
        };
    }
}
