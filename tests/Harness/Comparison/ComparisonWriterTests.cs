using System.Text.Json;
using NUnit.Framework;
using OpenStage.Harness.Comparison;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Comparison;

[TestFixture]
public sealed class ComparisonWriterTests
{
    private static readonly RunComparison Comparison = RunComparison.Of(
        new RunSide("<a>", Of(Result(Verdict.Pass, "wpi/1/1", "os40", Told("""<Item name="long">a</Item>"""))), null),
        new RunSide("b", Of(Result(Verdict.Fail, "wpi/1/1", "os40", Told($"""<Item name="long">{new string('x', 300)}</Item>""")) with { Reason = "</table><script>\u001b[31m" }), null));

    [Test]
    public void The_text_has_a_line_a_change_and_the_sums()
    {
        var text = ComparisonWriter.Text(Comparison);
        Assert.That(text, Does.Contain("regression | wpi/1/1 A title | pass | fail | </table><script>\\u001b[31m; WPI guide p.46"));
        Assert.That(text, Does.Contain($"value | long | 'a' | '{new string('x', 120)}...' (300 characters)"));
        Assert.That(text, Does.EndWith("\n1 regression, 0 improvements, 0 verdicts lost, 1 item changed, 0 message orders changed, 0 times changed\n"));
    }

    [Test]
    public void The_page_shows_markup_of_a_phone_as_text_and_asks_for_nothing_from_a_network()
    {
        var html = ComparisonWriter.Html(Comparison);
        Assert.That(html, Does.Contain("&lt;/table&gt;&lt;script&gt;").And.Contain("Before: &lt;a&gt;").And.Not.Contain("<script"));
        Assert.That(html, Does.Contain("<tr class=\"fail\"><td>regression</td>"));
        Assert.That(html, Does.Not.Match("(src|href)=[\"']?(https?:|//)|@import|url\\((?!#)"));
    }

    [Test]
    public void The_JSON_has_whole_values_and_words()
    {
        using var json = JsonDocument.Parse(ComparisonWriter.Json(Comparison));
        var phone = json.RootElement.GetProperty("phones")[0];
        Assert.That(json.RootElement.GetProperty("regressions").GetInt32(), Is.EqualTo(1));
        Assert.That(phone.GetProperty("verdicts")[0].GetProperty("kind").GetString(), Is.EqualTo("regression"));
        Assert.That(phone.GetProperty("items")[0].GetProperty("after").GetString(), Has.Length.EqualTo(300));
        Assert.That(phone.GetProperty("items")[0].GetProperty("kind").GetString(), Is.EqualTo("value-changed"));
    }
}
