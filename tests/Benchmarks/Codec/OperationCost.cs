using System.Diagnostics;

namespace OpenStage.Benchmarks.Codec;

/// <summary>What an operation and its floor cost.</summary>
/// <param name="Microseconds">Least time of one.</param>
/// <param name="FloorMicroseconds">Least time of one floor, measured in turn with it.</param>
/// <param name="AllocatedBytes">Bytes that one allocates.</param>
internal sealed record OperationCost(double Microseconds, double FloorMicroseconds, long AllocatedBytes)
{
    /// <summary>A round this short is now and then not interrupted, however busy the machine is.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(1);

    public double Ratio => Microseconds / FloorMicroseconds;

    /// <summary>Measures both in many short rounds in turn, and takes the least of each: whatever else runs only adds.</summary>
    /// <param name="time">How long, without the warm-up, which takes as long again.</param>
    public static OperationCost Measure(Operation operation, TimeSpan time)
    {
        var (count, floorCount) = (CountFor(operation.Run, time / 2), CountFor(operation.Floor, time / 2));
        var (least, leastFloor) = (double.MaxValue, double.MaxValue);
        var begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < time)
        {
            least = Math.Min(least, Microsecond(operation.Run, count));
            leastFloor = Math.Min(leastFloor, Microsecond(operation.Floor, floorCount));
        }

        return new OperationCost(least, leastFloor, Allocated(operation.Run));
    }

    /// <summary>The least of some: a pool that was emptied meanwhile, or a method that is compiled, adds to one of them.</summary>
    private static long Allocated(Func<int> run)
    {
        var least = long.MaxValue;
        for (var time = 0; time < 20; time++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>Warms up, and tells how many make a round.</summary>
    private static int CountFor(Func<int> run, TimeSpan time)
    {
        var begun = Stopwatch.GetTimestamp();
        var least = double.MaxValue;
        while (Stopwatch.GetElapsedTime(begun) < time)
            least = Math.Min(least, Microsecond(run, 1));
        return Math.Max(1, (int)(Round.TotalMicroseconds / Math.Max(least, 0.01)));
    }

    private static double Microsecond(Func<int> run, int count)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < count; number++)
            run();
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / count;
    }
}
