using System.Reflection;
using OpenStage.Conformance;
using OpenStage.Harness.Baselines;
using OpenStage.Harness.History;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;
using OpenStage.Harness.Sessions;
using Spectre.Console;

namespace OpenStage.Lab;

/// <summary><c>lab run</c>: the suite against a lab file, with progress, reports and an exit code.</summary>
internal static class RunVerb
{
    /// <summary>The lab file that is run without any other.</summary>
    public static string DefaultLab => Path.Combine(AppContext.BaseDirectory, "lab-config", "emulator.json");

    public static string ToolVersion =>
        typeof(RunVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        LabFile lab;
        CaseFilter filter;
        Baseline baseline;
        RunReport? previous;
        HistoryFile? history;
        EvidenceChoice evidence;
        try
        {
            lab = LabFileReader.Read(options.File ?? DefaultLab);
            if (options.Seed is { } given)
                lab = lab with { Seed = given };
            if (options.Retries is < 0 or > 10)
                throw new FormatException($"--retries '{options.Retries}' is not allowed; allowed is a whole number from 0 to 10.");
            filter = CaseFilter.Parse(options.Where);
            evidence = RunEvidence.Choice(options.Evidence);
            baseline = options.Baseline is { } expected ? BaselineReader.Read(expected) : Baseline.None;
            previous = options.Previous is { } earlier ? ReportReader.Read(earlier) : null;
            // Now, and not after the run, is the time to say that it cannot be used.
            history = options.History is { } past ? HistoryFile.Open(past, create: true) : null;
        }
        catch (LabFileException wrong)
        {
            foreach (var problem in wrong.Problems)
                await Console.Error.WriteLineAsync(problem);
            return LabCommand.UsageError;
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return LabCommand.UsageError;
        }

        using (history)
        {
            var progress = new Progress(AnsiConsole.Console);
            progress.Begin(lab);
            var partial = new PartialReport(options.Output, () => baseline.Apply(ConformanceRun.Current.Report(ToolVersion, complete: false, [])));
            var settings = new RunSettings { Retries = options.Retries, Live = options.Live };
            var outcome = await Task.Run(() => SuiteRunner.Run(lab, filter.Matches, Show, cancellation, settings), CancellationToken.None);
            await partial.EndAsync();
            foreach (var notice in outcome.Run.Sessions.SelectMany(session => session.Notices))
                Console.WriteLine(notice);
            var report = baseline.Apply(outcome.Run.Report(ToolVersion, outcome.Complete, outcome.LabErrors));
            if (options.Where is null && outcome.Complete)
                progress.Note(baseline.Unused(report));
            var isKept = Keep(history, ref report);
            report = previous is null ? report : LastRun.Compare(report, previous);
            var files = WriteReports(ref report, outcome.Run, options.Output, evidence);
            var code = files is null ? LabCommand.LabError : progress.Finish(report, files);
            progress.Again(report, options.Output);
            return code == LabCommand.Good && !isKept ? LabCommand.LabError : code;

            void Show(int total, CaseInfo info, ResultEntry result)
            {
                var session = ConformanceRun.Current.SessionOf(result.PhoneId);
                progress.Show(total, info, baseline.Judge(result, session.Describe(result.PhoneId), session.StartedAt));
                partial.Update();
            }
        }
    }

    /// <returns>False when the history could not be written; the reports are written all the same.</returns>
    private static bool Keep(HistoryFile? history, ref RunReport report)
    {
        try
        {
            report = history?.Record(report) ?? report;
            return true;
        }
        catch (IOException broken)
        {
            Console.Error.WriteLine(broken.Message);
            return false;
        }
    }

    private static string? WriteReports(ref RunReport report, ConformanceRun run, string output, EvidenceChoice evidence)
    {
        try
        {
            report = RunEvidence.Write(report, run.Lab, phone => PhoneRecording.Of(run.SessionOf(phone), phone), output, evidence);
            return ReportWriter.Write(report, output);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--out {output}: the reports cannot be written: {broken.Message}");
            return null;
        }
    }
}
