using System.CommandLine;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;

namespace OpenStage.Lab;

/// <summary><c>lab repro</c>: runs a failed case again, on the emulator.</summary>
internal static class ReproVerb
{
    public static Command Command()
    {
        var file = new Argument<FileInfo>("file") { Description = "A repro.json of 'lab run' or 'lab shrink'." };
        var alone = new Option<bool>("--alone") { Description = "Runs the case without those that ran before it." };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for reports of the new run." };
        var verb = new Command("repro", "Runs a failed case again on the emulator: same seed, quirks, timing, and for a physical phone its recording. Exit code 1 when it fails again, 0 when it passes.\n\nExample: lab repro lab-out/evidence/os40/wpi-3.6.4-1/repro.json") { file, alone, output };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(file)!.FullName, parsed.GetValue(alone), parsed.GetValue(output)?.FullName, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string file, bool alone, string? output, CancellationToken cancellation)
    {
        try
        {
            var repro = ReproRunner.Read(file);
            if (alone)
                repro = repro with { Before = [] };
            var (report, result) = await Task.Run(() => ReproRunner.Run(repro, file, cancellation), CancellationToken.None);
            if (ReproRunner.IsReordered(repro, report))
                Console.WriteLine("Note: the cases before it ran in another order than in the run that failed.");
            if (output is not null)
                Write(report, repro, output);
            return Tell(repro, report, result);
        }
        catch (LabFileException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return LabCommand.UsageError;
        }
        catch (Exception broken) when (output is not null && broken is (IOException or UnauthorizedAccessException))
        {
            await Console.Error.WriteLineAsync($"--out {output}: the reports cannot be written: {broken.Message}");
            return LabCommand.UsageError;
        }
    }

    private static void Write(RunReport report, Repro repro, string output)
    {
        var lab = repro.Lab(report.LabFile);
        Console.WriteLine($"Report: {ReportWriter.Write(RunEvidence.Write(report, lab, _ => null, output, EvidenceChoice.All), output)}");
    }

    private static int Tell(Repro repro, RunReport report, ResultEntry? result)
    {
        if (result is null)
        {
            Console.Error.WriteLine($"The case was not run: {(report.LabErrors.Count > 0 ? string.Join(' ', report.LabErrors) : "the run was interrupted.")}");
            return LabCommand.LabError;
        }

        Console.WriteLine($"{repro.CaseId} on {repro.Phone.Id} ({repro.Phone.Model} {repro.Phone.Firmware}, seed {repro.Seed}{(repro.Phone.Recording is null ? "" : ", wearing its recording")}): {result.Verdict}");
        if (Failure.IsSame(repro, result))
        {
            Console.WriteLine($"It fails again, in the same way: {Words(result)}");
            return LabCommand.ConformanceFailures;
        }

        if (Failure.Is(result.Verdict))
        {
            Console.WriteLine($"It fails, but in another way: {Words(result)}");
            Console.WriteLine($"In the run it was {repro.Verdict}: {Words(repro.Expected, repro.Actual, repro.Reason)}");
            return result.Verdict == Verdict.LabError ? LabCommand.LabError : LabCommand.ConformanceFailures;
        }

        if (result.Verdict != Verdict.Pass)
        {
            Console.Error.WriteLine($"The case was not run: {result.Reason}");
            return LabCommand.LabError;
        }

        Console.WriteLine("It passes now.");
        if (repro.WasPhysical)
            Console.WriteLine("The failure is one of behaviour, which a recording does not have: run it on the phone itself.");
        return LabCommand.Good;
    }

    private static string Words(ResultEntry result) => Words(result.Expected, result.Actual, result.Reason);

    private static string Words(string expected, string actual, string reason) => expected.Length > 0 ? $"expected {expected}, got {actual}" : reason;
}
