using OpenStage.Benchmarks.Figures;

namespace OpenStage.Benchmarks;

/// <summary>One group of figures that the command can take.</summary>
/// <param name="Name">What it is asked for by.</param>
/// <param name="Meaning">What it measures, in one line.</param>
/// <param name="Run">Takes the figures.</param>
internal sealed record Bench(string Name, string Meaning, Func<BenchRun, Task<IReadOnlyList<Figure>>> Run);
