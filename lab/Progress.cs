using System.Globalization;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using Spectre.Console;

namespace OpenStage.Lab;

/// <summary>Shows a run while it goes on and its summary at the end.</summary>
internal sealed class Progress(IAnsiConsole console)
{
    private int done;

    /// <summary>One line a result that is not as it should be, and a count every so often.</summary>
    public void Show(int total, CaseInfo info, ResultEntry result)
    {
        done++;
        if (result.Verdict is not (Verdict.Pass or Verdict.NotApplicable))
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[{Colour(result.Verdict)}]{result.Verdict}[/] {result.PhoneId} {info.Id} {info.Title}");
            if (result.Expected.Length > 0)
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"    expected {result.Expected}, got {result.Actual} (WPI guide p.{info.Page})");
            else
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"    {result.Reason}");
        }

        if (done % 25 == 0 || done == total)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{done} of {total}[/]");
    }

    /// <summary>Prints the summary and the path of the report.</summary>
    /// <returns>The exit code of the run.</returns>
    public int Finish(RunReport report, string htmlFile)
    {
        foreach (var error in report.LabErrors)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]Lab error:[/] {error}");
        if (!report.Complete)
            console.MarkupLine("[yellow]The run was interrupted; the report has what was done until then.[/]");

        var table = new Table().Border(TableBorder.Simple).AddColumn("Phone").AddColumn("Model").AddColumn("Firmware");
        var verdicts = report.Results.Select(result => result.Verdict).Distinct().Order().ToList();
        foreach (var verdict in verdicts)
            table.AddColumn(new TableColumn(verdict.ToString()).RightAligned());
        foreach (var phone in report.Phones)
        {
            var counts = verdicts.Select(verdict => report.Results.Count(result => result.PhoneId == phone.Id && result.Verdict == verdict));
            table.AddRow([phone.Id, phone.Model, phone.Firmware, .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))]);
        }

        console.Write(table);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"{report.Cases.Count} cases × {report.Phones.Count} phones in {report.DurationSeconds:0.0} s, seed {report.Seed}");
        console.WriteLine($"Report: {htmlFile}");
        return RunSummary.Of(report).ExitCode;
    }

    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Fail or Verdict.UnexpectedPass => "red",
        Verdict.LabError => "magenta",
        _ => "yellow",
    };
}
