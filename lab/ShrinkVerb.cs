using System.CommandLine;
using System.Globalization;
using System.Text;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;

namespace OpenStage.Lab;

/// <summary><c>lab shrink</c>: makes the smallest exchange that still fails.</summary>
internal static class ShrinkVerb
{
    private const int MostTries = 100_000;

    public static Command Command()
    {
        var file = new Argument<FileInfo>("file") { Description = "A repro.json of 'lab run'." };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for the small repro.json, its transcript and capture; a folder 'shrunk' beside the file when left out." };
        var tries = new Option<int>("--tries") { Description = "Most runs, 1 to 100000.", DefaultValueFactory = _ => 500 };
        var verb = new Command("shrink", "Leaves out of a repro what the failure does not need: cases before it, quirks, items of the phone, parts of a recording. The smaller one fails in the same way.\n\nExample: lab shrink lab-out/evidence/os40/wpi-3.6.4-1/repro.json") { file, output, tries };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(file)!.FullName, parsed.GetValue(output)?.FullName, parsed.GetValue(tries), cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string file, string? output, int tries, CancellationToken cancellation)
    {
        try
        {
            if (tries is < 1 or > MostTries)
                throw new LabFileException([$"--tries '{tries}' is not allowed; allowed is a whole number from 1 to {MostTries}."]);
            var repro = ReproRunner.Read(file);
            var folder = output ?? Path.Combine(Path.GetDirectoryName(file)!, "shrunk");
            if (Path.GetFullPath(folder) == Path.GetDirectoryName(file))
                throw new LabFileException([$"--out '{folder}' is the folder of {file}, which would be lost; allowed is another folder."]);
            return await Task.Run(() => Shrink(repro, file, folder, tries, cancellation), CancellationToken.None);
        }
        catch (LabFileException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return LabCommand.UsageError;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"--out {output ?? "shrunk"}: cannot be written: {broken.Message}");
            return LabCommand.UsageError;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted; nothing was written.");
            return LabCommand.LabError;
        }
    }

    private static int Shrink(Repro repro, string file, string folder, int tries, CancellationToken cancellation)
    {
        var (firstReport, first) = Run(repro);
        if (first is null || !Failure.IsSame(repro, first))
        {
            Console.Error.WriteLine($"{file}: the case does not fail in that way now ({first?.Verdict.ToString() ?? string.Join(' ', firstReport.LabErrors)}), so there is nothing to shrink; 'lab repro' says more.");
            return LabCommand.UsageError;
        }

        var shrinker = new Shrinker(
            smaller => Run(smaller).Result is { } result && Failure.IsSame(repro, result), tries,
            step => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step.What}: {step.Before} -> {step.After} (runs: {step.Tries})")));
        var shrunk = shrinker.Shrink(repro);
        var (report, last) = Run(shrunk);
        if (last is null || !Failure.IsSame(repro, last))
            throw new InvalidOperationException("The smaller repro passes, though it failed when it was found.");
        var files = RunEvidence.Write(report, last, shrunk, folder);
        Console.WriteLine($"exchange: {Size(first)} -> {Size(last)}, runs: {shrinker.Tries}{(shrinker.IsExhausted ? "; not the smallest, as --tries was used up" : "")}");
        Console.WriteLine($"{string.Join(", ", files)} in {folder}");
        Console.WriteLine(RunEvidence.Command(Path.Combine(folder, ReproFile.Name)));
        return LabCommand.Good;

        (RunReport Report, ResultEntry? Result) Run(Repro one)
        {
            cancellation.ThrowIfCancellationRequested();
            return ReproRunner.Run(one, file, cancellation);
        }
    }

    private static string Size(ResultEntry result) => string.Create(
        CultureInfo.InvariantCulture, $"{result.Exchanges.Count} messages with {result.Exchanges.Sum(exchange => Encoding.UTF8.GetByteCount(exchange.RequestBody) + Encoding.UTF8.GetByteCount(exchange.ResponseBody))} bytes");
}
