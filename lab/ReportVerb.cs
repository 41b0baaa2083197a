using System.CommandLine;
using OpenStage.Harness.Reports;
using Spectre.Console;

namespace OpenStage.Lab;

/// <summary><c>lab report</c>: writes the reports of a run again, or makes one report of several runs.</summary>
internal static class ReportVerb
{
    public static Command Command()
    {
        var runs = new Argument<string[]>("runs") { Arity = ArgumentArity.OneOrMore, Description = "Folders of runs, or their report.json." };
        var output = new Option<string?>("--out") { Description = "Folder for the reports. Without it: the folder of the run; several runs need it." };
        var previous = new Option<string?>("--previous") { Description = "The run before, as a folder or report.json: the report says what is new, mended, and still failing." };
        var verb = new Command("report", "Writes report.html, report.md and junit.xml again from report.json; several runs become one report, in which the later run counts. Exit code as 'run'.\n\n"
            + "Example: lab report nightly-a nightly-b --out nightly") { runs, output, previous };
        verb.SetAction(parsed => Run(parsed.GetValue(runs)!, parsed.GetValue(output), parsed.GetValue(previous)));
        return verb;
    }

    private static int Run(string[] runs, string? output, string? previous)
    {
        try
        {
            if (output is null && runs.Length > 1)
                throw new FormatException("--out is missing: several runs make a report of its own, which needs a folder.");
            if (runs.CountBy(Path.GetFullPath).FirstOrDefault(pair => pair.Value > 1) is { Key: { } twice })
                throw new FormatException($"'{twice}' is given twice; allowed is each run once.");
            var read = runs.Select(run => (Name: run, Report: ReportReader.Read(run))).ToList();
            var before = previous is null ? null : ReportReader.Read(previous);
            var report = read.Count > 1 ? ReportMerge.Of(read) : read[0].Report with { SchemaVersion = RunReport.CurrentSchemaVersion };
            if (before is not null)
                report = LastRun.Compare(report, before);

            var folder = output ?? FolderOf(runs[0]);
            report = EvidenceFiles.Copy(report, [.. read.Select(run => (FolderOf(run.Name), run.Report))], folder);
            var html = Write(report, folder);
            var progress = new Progress(AnsiConsole.Console);
            progress.Note(report.Notes);
            return progress.Finish(report, html);
        }
        catch (FormatException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return LabCommand.UsageError;
        }
    }

    private static string Write(RunReport report, string folder)
    {
        try
        {
            return ReportWriter.Write(report, folder);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"--out '{folder}' cannot be written: {broken.Message} Allowed is a folder, new or not.", broken);
        }
    }

    private static string FolderOf(string run) => Directory.Exists(run) ? run : Path.GetDirectoryName(Path.GetFullPath(run))!;
}
