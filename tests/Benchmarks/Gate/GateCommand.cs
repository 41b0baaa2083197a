using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using OpenStage.Benchmarks.Codec;
using OpenStage.Benchmarks.Figures;

namespace OpenStage.Benchmarks.Gate;

/// <summary>The command that CI holds each change against: allocations exactly, times as ratios to their floors.</summary>
internal static class GateCommand
{
    private const int Good = 0;
    private const int Worse = 1;
    private const int UsageError = 2;
    private const int Seed = 1;

    /// <summary>Set in the process that measures.</summary>
    private const string Settled = "DOTNET_TieredCompilation";

    /// <summary>What seems too slow is measured so many times before it counts: only what is slow each time is.</summary>
    private const int Tries = 5;

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(500);

    private static readonly Argument<FileInfo> File = new("file") { Description = "What operations may cost, such as tests/Benchmarks/gate.json" };
    private static readonly Option<bool> Record = new("--record") { Description = "Write what is measured into the file instead of checking it" };

    public static Command Verb()
    {
        var verb = new Command("gate", "Checks what operations cost: exit code 1 when one got worse.\n\nExample: bench gate tests/Benchmarks/gate.json") { File, Record };
        verb.SetAction((parsed, cancellation) => IsSettled ? Task.FromResult(Run(parsed)) : AgainAsync(parsed, cancellation));
        return verb;
    }

    private static bool IsSettled => Environment.GetEnvironmentVariable(Settled) == "0";

    private static int Run(ParseResult parsed)
    {
        var file = parsed.GetValue(File)!.FullName;
        IReadOnlyList<GateEntry> expected = [];
        try
        {
            if (!parsed.GetValue(Record))
                expected = GateFile.Read(file);
        }
        catch (InvalidDataException wrong)
        {
            Console.Error.WriteLine($"error: {wrong.Message}");
            return UsageError;
        }

        var measured = Operations.All(Seed).Select(operation => Measure(operation, expected.FirstOrDefault(entry => entry.Name == operation.Name))).ToList();
        if (parsed.GetValue(Record))
        {
            GateFile.Save(file, measured);
            return Good;
        }

        var problems = GateCheck.Problems(expected, measured);
        foreach (var problem in problems)
            Console.WriteLine($"worse: {problem}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{expected.Count} operations, {problems.Count} problems"));
        return problems.Count == 0 ? Good : Worse;
    }

    /// <param name="expected">What it may cost; null to measure all tries and take the middle one.</param>
    private static GateEntry Measure(Operation operation, GateEntry? expected)
    {
        var tries = new List<OperationCost>();
        do
            tries.Add(OperationCost.Measure(operation, Time));
        while (tries.Count < Tries && (expected is null || GateCheck.IsSlow(expected, tries[^1].Ratio)));
        var ratio = expected is null ? Spread.Of(tries.Select(cost => cost.Ratio)).Median : tries.Min(cost => cost.Ratio);
        var allocated = tries.Min(cost => cost.AllocatedBytes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{operation.Name,-18} {allocated,9} B  {ratio,9:G4} times: {operation.FloorName}"));
        return new GateEntry(operation.Name, allocated, ratio);
    }

    /// <summary>
    /// Starts this program again so that each method is compiled once and in its last form. Otherwise what is measured, and
    /// with objects that the compiler keeps off the heap even what is allocated, would depend on when it was compiled anew.
    /// </summary>
    private static async Task<int> AgainAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Processes.DotNetHost.Path) { UseShellExecute = false };
        foreach (var argument in new[] { typeof(GateCommand).Assembly.Location }.Concat(parsed.Tokens.Select(token => token.Value)))
            start.ArgumentList.Add(argument);
        start.Environment[Settled] = "0";
        start.Environment["DOTNET_ReadyToRun"] = "0";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }
}
