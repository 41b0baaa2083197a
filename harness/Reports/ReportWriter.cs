using System.Text;
using System.Text.Json;

namespace OpenStage.Harness.Reports;

/// <summary>Writes the reports of a run into a folder.</summary>
public static class ReportWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes report.json and, from it as read back, report.html, report.md, junit.xml and the transcripts.</summary>
    /// <returns>The full path of report.html.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static string Write(RunReport report, string directory)
    {
        Directory.CreateDirectory(directory);
        var json = Path.Combine(directory, "report.json");
        Replace(json, [.. JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Options), (byte)'\n']);

        var written = ReportJson.Read(json);
        Replace(Path.Combine(directory, "junit.xml"), JUnitReport.Write(written));
        Replace(Path.Combine(directory, "report.md"), Utf8.GetBytes(MarkdownReport.Write(written)));
        WriteTranscripts(written, Path.Combine(directory, "transcripts"));
        var html = Path.Combine(directory, "report.html");
        Replace(html, Utf8.GetBytes(HtmlReport.Write(written)));
        return Path.GetFullPath(html);
    }

    /// <summary>A verdict as reports spell it, such as not-applicable.</summary>
    internal static string Word(Verdict verdict) => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());

    /// <summary>Written beside and moved, so that a run that is killed, and whoever reads meanwhile, has the whole file of before.</summary>
    private static void Replace(string file, byte[] content)
    {
        var unfinished = file + ".new";
        File.WriteAllBytes(unfinished, content);
        File.Move(unfinished, file, overwrite: true);
    }

    private static void WriteTranscripts(RunReport report, string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var phone in report.Phones)
        {
            var lines = report.Results.Where(result => result.PhoneId == phone.Id)
                .SelectMany(result => result.Exchanges.Select(exchange => JsonSerializer.Serialize(new { result.CaseId, Exchange = exchange }, ReportJson.LineOptions)));
            Replace(Path.Combine(directory, $"{phone.Id}.jsonl"), Utf8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
        }
    }
}
