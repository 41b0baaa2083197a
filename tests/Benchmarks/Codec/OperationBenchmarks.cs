using BenchmarkDotNet.Attributes;

namespace OpenStage.Benchmarks.Codec;

/// <summary>Every operation and its floor, by BenchmarkDotNet: for looking at one closely.</summary>
[MemoryDiagnoser]
public class OperationBenchmarks
{
    private const int Seed = 1;

    private Operation operation = null!;

    /// <summary>Names of the operations.</summary>
    public static IEnumerable<string> Names => Operations.All(Seed).Select(operation => operation.Name);

    /// <summary>The operation of this run.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Choose() => operation = Operations.All(Seed).Single(operation => operation.Name == Name);

    [Benchmark(Baseline = true)]
    public int Floor() => operation.Floor();

    [Benchmark]
    public int Run() => operation.Run();
}
