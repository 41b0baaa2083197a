using System.Globalization;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;
using OpenStage.Harness.Sessions;
using Spectre.Console;

namespace OpenStage.Lab;

/// <summary>Shows a run while it goes on and its summary at the end.</summary>
internal sealed class Progress(IAnsiConsole console)
{
    /// <summary>Commands that are printed at the end; nobody reads more.</summary>
    private const int MostCommands = 20;

    private int done;

    /// <summary>Says what is run, and the seed that makes it the same again.</summary>
    public void Begin(LabFile lab) => console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{lab.File}: {lab.Phones.Count} phones{(lab.Services.Count > 0 ? $", {lab.Services.Count} services" : "")}, seed {lab.Seed}");

    /// <summary>One line a result that is not as it should be, and a count every so often.</summary>
    public void Show(int total, CaseInfo info, ResultEntry result)
    {
        done++;
        if (result.Verdict is not (Verdict.Pass or Verdict.NotApplicable))
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[{Colour(result.Verdict)}]{result.Verdict}[/] {result.PhoneId} {info.Id} {info.Title}");
            if (result.Expected.Length > 0)
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"    expected {result.Expected}, got {result.Actual} (WPI guide p.{info.Page})");
            if (result.Expected.Length == 0 || result.Verdict == Verdict.ExpectedFailure)
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"    {result.Reason}");
        }

        if (done % 25 == 0 || done == total)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{done} of {total}[/]");
    }

    /// <summary>Prints what is worth knowing but fails nothing.</summary>
    public void Note(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]Note:[/] {line}");
    }

    /// <summary>Prints the summary and the path of the report.</summary>
    /// <returns>The exit code of the run.</returns>
    public int Finish(RunReport report, string htmlFile)
    {
        foreach (var error in report.LabErrors)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]Lab error:[/] {error}");
        foreach (var error in report.BaselineErrors)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]Baseline:[/] {error}");
        if (!report.Complete)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]The run was interrupted; the report has {report.Results.Count} of {report.PlannedResults} results.[/]");
        foreach (var phone in report.Phones.Where(phone => phone.Doubt.Length > 0))
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]{phone.Id}:[/] {phone.Doubt}");

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
            $"{report.Cases.Count} cases on {ReportText.Subjects(report)} in {report.DurationSeconds:0.0} s, seed {report.Seed}");
        foreach (var left in report.NotRestored)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]Not restored:[/] {left.PhoneId} {left.Item} ({(left.CaseId.Length > 0 ? left.CaseId : "the lab")}): {left.Reason}");
        console.WriteLine($"Report: {htmlFile}");
        return RunSummary.Of(report).ExitCode;
    }

    /// <summary>Prints for each failure the command that runs exactly it again.</summary>
    public void Again(RunReport report, string output)
    {
        var failed = report.Results.Where(result => result.Reproduce.Length > 0).ToList();
        if (failed.Count > 0)
            console.WriteLine("To run one of them again:");
        // Not through the console of colours, which would break a long line.
        foreach (var result in failed.Take(MostCommands))
            console.Profile.Out.Writer.WriteLine(report.Phones.Any(phone => phone.Id == result.PhoneId && phone.Kind == "service")
                ? result.Reproduce
                : RunEvidence.Command(Path.Combine(output, CaseFolder.Of(result.PhoneId, result.CaseId), ReproFile.Name)));
        if (failed.Count > MostCommands)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"and {failed.Count - MostCommands} more, which stand in the report");
    }

    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Fail or Verdict.UnexpectedPass => "red",
        Verdict.LabError => "magenta",
        _ => "yellow",
    };
}
