using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenStage.Harness.Reports;

/// <summary>report.html: one file that opens from disk without a network.</summary>
internal static class HtmlReport
{
    /// <summary>Escapes what could end a script element, so that the data may hold any text.</summary>
    private static readonly JsonSerializerOptions Embedded = new(ReportJson.LineOptions) { Encoder = JavaScriptEncoder.Default };

    /// <summary>The files of the page's script in their order; together they are one script, as a page on disk may not load modules.</summary>
    private static readonly string[] Scripts =
        ["data", "state", "dom", "selection", "head", "filters", "matrix", "sequence", "items", "messages", "detail", "rules", "since", "paper", "main"];

    public static string Write(RunReport report)
    {
        var style = Part("report.css");
        var script = string.Join('\n', Scripts.Select(name => Part($"{name}.js")));
        return Part("report.html")
            .Replace("/*policy*/", $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; base-uri 'none'; form-action 'none'", StringComparison.Ordinal)
            .Replace("/*style*/", style, StringComparison.Ordinal)
            .Replace("/*script*/", script, StringComparison.Ordinal)
            .Replace("<!--messages-->", Messages(report), StringComparison.Ordinal)
            .Replace("/*data*/", JsonSerializer.Serialize(PageData.Of(report), Embedded), StringComparison.Ordinal);
    }

    internal static string Part(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"report/{name}")
            ?? throw new InvalidOperationException($"The harness was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>What a Content-Security-Policy knows the page's own script by, so that it runs no other.</summary>
    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Messages(RunReport report)
    {
        var blocks = new StringBuilder();
        for (var number = 0; number < report.Phones.Count; number++)
        {
            blocks.Append(CultureInfo.InvariantCulture, $"<script type=\"application/gzip\" id=\"messages-{number}\">")
                .Append(PageMessages.Pack(report, report.Phones[number], Embedded)).Append("</script>\n");
        }

        return blocks.ToString();
    }
}
