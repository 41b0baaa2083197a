using System.Reflection;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using Spectre.Console;

namespace OpenStage.Lab;

/// <summary><c>lab run</c>: the suite against a lab file, with progress, reports and an exit code.</summary>
internal static class RunVerb
{
    private static string DefaultLab => Path.Combine(AppContext.BaseDirectory, "lab-config", "emulator.json");

    private static string ToolVersion =>
        typeof(RunVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static async Task<int> RunAsync(string? file, string output, string? where, int? seed, CancellationToken cancellation)
    {
        LabFile lab;
        CaseFilter filter;
        try
        {
            lab = LabFileReader.Read(file ?? DefaultLab);
            if (seed is { } given)
                lab = lab with { Seed = given };
            filter = CaseFilter.Parse(where);
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

        var progress = new Progress(AnsiConsole.Console);
        var outcome = await Task.Run(() => SuiteRunner.Run(lab, filter.Matches, progress.Show, cancellation), CancellationToken.None);
        var report = outcome.Run.Report(ToolVersion, outcome.Complete, outcome.LabErrors);
        var files = WriteReports(report, output);
        return files is null ? LabCommand.LabError : progress.Finish(report, files);
    }

    private static string? WriteReports(RunReport report, string output)
    {
        try
        {
            return ReportWriter.Write(report, output);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"--out {output}: the reports cannot be written: {broken.Message}");
            return null;
        }
    }
}
