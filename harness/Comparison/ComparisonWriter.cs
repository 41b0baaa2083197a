using System.Text;
using System.Text.Json;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Comparison;

/// <summary>A comparison as text, as a page, and as JSON.</summary>
public static class ComparisonWriter
{
    /// <summary>Lines for a console.</summary>
    public static string Text(RunComparison comparison)
    {
        var text = new StringBuilder();
        text.Append(ComparisonView.Clean($"Before: {comparison.Before}")).Append('\n');
        text.Append(ComparisonView.Clean($"Now:    {comparison.After}")).Append('\n');
        foreach (var note in comparison.Notes)
            text.Append(ComparisonView.Clean($"Note: {note}")).Append('\n');
        foreach (var phone in comparison.Phones)
        {
            text.Append('\n').Append(ComparisonView.Heading(phone)).Append('\n');
            foreach (var section in ComparisonView.Sections(phone))
            {
                text.Append("  ").Append(section.Title).Append('\n');
                foreach (var row in section.Rows)
                    text.Append("    ").Append(string.Join(" | ", row)).Append('\n');
            }
        }

        return text.Append('\n').Append(ComparisonView.Summary(comparison)).Append('\n').ToString();
    }

    /// <summary>One page that opens from disk without a network.</summary>
    public static string Html(RunComparison comparison)
    {
        var page = new HtmlPage("Two runs side by side");
        Element("h1", "Two runs side by side");
        Element("p", $"Before: {comparison.Before}");
        Element("p", $"Now: {comparison.After}");
        foreach (var note in comparison.Notes)
            Element("p", note, "banner");
        Element("p", ComparisonView.Summary(comparison), comparison.Regressions > 0 ? "fail" : "pass");
        foreach (var phone in comparison.Phones)
        {
            Element("h2", ComparisonView.Heading(phone));
            var sections = ComparisonView.Sections(phone);
            if (sections.Count == 0)
                Element("p", "Nothing changed.", "soft");
            foreach (var section in sections)
            {
                Element("h3", section.Title);
                // The first cell of a verdict says what became of the case; it has the colour of that.
                page.Table(section.Columns, section.Rows, row => row[0] == "regression" ? "fail" : row[0] == "improvement" ? "pass" : "");
            }
        }

        return page.ToString();

        void Element(string name, string text, string? style = null) => page.Element(name, ComparisonView.Clean(text), style);
    }

    public static string Json(RunComparison comparison) => JsonSerializer.Serialize(comparison, ReportJson.Options) + "\n";
}
