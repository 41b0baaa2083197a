using System.Net;
using System.Text;

namespace OpenStage.Harness.Reports;

/// <summary>A page in the look of the report, of headings, paragraphs and tables; it opens from disk without a network.</summary>
/// <param name="title">Title of the document.</param>
internal sealed class HtmlPage(string title)
{
    private readonly StringBuilder body = new();

    /// <param name="style">Class of the element, or null.</param>
    public void Element(string name, string text, string? style = null) =>
        body.Append('<').Append(name).Append(style is null ? "" : $" class=\"{style}\"").Append('>').Append(WebUtility.HtmlEncode(text)).Append("</").Append(name).Append(">\n");

    /// <param name="style">Class of a row by its cells; empty for none.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, Func<IReadOnlyList<string>, string> style)
    {
        body.Append("<div class=\"frame\"><table><thead><tr>");
        foreach (var column in columns)
            body.Append("<th scope=\"col\">").Append(WebUtility.HtmlEncode(column)).Append("</th>");
        body.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            body.Append("<tr").Append(style(row) is { Length: > 0 } name ? $" class=\"{name}\"" : "").Append('>');
            foreach (var value in row)
                body.Append("<td>").Append(WebUtility.HtmlEncode(value)).Append("</td>");
            body.Append("</tr>\n");
        }

        body.Append("</tbody></table></div>\n");
    }

    /// <summary>The whole document.</summary>
    public override string ToString() => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <style>
        {HtmlReport.Part("report.css")}
        </style>
        </head>
        <body>
        <main>
        {body}</main>
        </body>
        </html>

        """.ReplaceLineEndings("\n");
}
