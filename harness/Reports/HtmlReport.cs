using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenStage.Harness.Reports;

/// <summary>report.html: one file that opens from disk without a network.</summary>
internal static class HtmlReport
{
    /// <summary>Escapes what could end a script element, so that the data may hold any text.</summary>
    private static readonly JsonSerializerOptions Embedded = new(ReportJson.LineOptions) { Encoder = JavaScriptEncoder.Default };

    public static string Write(RunReport report) => Part("report.html")
        .Replace("/*style*/", Part("report.css"), StringComparison.Ordinal)
        .Replace("/*script*/", Part("report.js"), StringComparison.Ordinal)
        .Replace("/*data*/", JsonSerializer.Serialize(report, Embedded), StringComparison.Ordinal);

    private static string Part(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"report/{name}")
            ?? throw new InvalidOperationException($"The harness was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
