using System.Globalization;
using OpenStage.Benchmarks.Figures;

namespace OpenStage.Benchmarks;

/// <summary>Shows figures on the console.</summary>
internal static class BenchTable
{
    public static void PrintHead(BenchRun run, MachineFacts machine)
    {
        run.Say($"Machine:  {machine.Processor}, {machine.Cores} processors, {machine.MemoryMegabytes} MB, {machine.System}");
        run.Say($"Versions: program {machine.Program}, .NET {machine.DotNet}, OpenSSL {machine.OpenSsl}, SQLite {machine.Sqlite}");
        run.Say($"Seed:     {run.Options.Seed}");
    }

    public static void Print(BenchRun run, IReadOnlyList<Figure> figures)
    {
        run.Say($"");
        run.Say($"{"figure",-34} {"median",11} {"min",11} {"max",11} {"unit",-8} {"floor",11} {"ratio",7}");
        foreach (var figure in figures)
        {
            run.Say($"{figure.Name,-34} {Text(figure.Value.Median),11} {Text(figure.Value.Min),11} {Text(figure.Value.Max),11} {figure.Unit,-8} {Text(figure.Floor?.Median),11} {Text(figure.Ratio),7}{(figure.Note is { } note ? "  " + note : "")}");
        }
    }

    public static void Print(BenchRun run, IReadOnlyList<Comparison> comparisons, double share)
    {
        run.Say($"");
        run.Say($"{"compared",-34} {"before",11} {"now",11} {"factor",7}");
        foreach (var comparison in comparisons)
            run.Say($"{comparison.Name,-34} {Text(comparison.Before),11} {Text(comparison.Now),11} {Text(comparison.Factor),7} {(comparison.IsToFloor ? "to the floor" : "")}{(comparison.IsWorse(share) ? "  WORSE" : "")}");
        run.Say($"{comparisons.Count(comparison => comparison.IsWorse(share))} of {comparisons.Count} figures are worse by more than {share * 100:0} %.");
    }

    /// <summary>Four digits that count.</summary>
    private static string Text(double? number) => number is { } value
        ? Math.Abs(value) >= 1000 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture)
        : "";
}
