using OpenStage.Benchmarks.Figures;

namespace OpenStage.Benchmarks.Codec;

/// <summary>The operations one by one: time beside the floor, memory an item, and how many bytes a second.</summary>
internal static class CodecBench
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(600);

    public static Task<IReadOnlyList<Figure>> RunAsync(BenchRun run)
    {
        var figures = new List<Figure>();
        foreach (var operation in Operations.All(run.Options.Seed))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var costs = Enumerable.Range(0, run.Options.Rounds).Select(_ => OperationCost.Measure(operation, Time)).ToList();
            figures.Add(new Figure($"codec.{operation.Name}.time", "us", Better.Lower, Spread.Of(costs.Select(cost => cost.Microseconds)))
            {
                FloorName = operation.FloorName,
                Floor = Spread.Of(costs.Select(cost => cost.FloorMicroseconds)),
            });
            figures.Add(new Figure($"codec.{operation.Name}.memory", "B/item", Better.Lower, Spread.Of(costs.Select(cost => cost.AllocatedBytes / (double)operation.Items))));
            var copies = costs.Select(_ => OperationCost.Measure(operation with { Floor = Copy(operation.Bytes) }, Time / 2)).ToList();
            figures.Add(new Figure($"codec.{operation.Name}.speed", "MB/s", Better.Higher, Spread.Of(copies.Select(cost => operation.Bytes / cost.Microseconds)))
            {
                FloorName = "a copy of as many bytes into a new array",
                Floor = Spread.Of(copies.Select(cost => operation.Bytes / cost.FloorMicroseconds)),
            });
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static Func<int> Copy(int length)
    {
        var bytes = new byte[length];
        return () => bytes.AsSpan().ToArray().Length;
    }
}
