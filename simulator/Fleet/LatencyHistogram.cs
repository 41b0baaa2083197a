using System.Numerics;

namespace OpenStage.Simulator.Fleet;

/// <summary>
/// Counts times in buckets, 16 to a power of two of microseconds: percentiles are at most 7 % too high, and those of
/// several machines can be added. Any thread may add.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int PerPower = 16;

    /// <summary>Up to an hour and more.</summary>
    private const int Buckets = 30 * PerPower;

    private readonly long[] counts = new long[Buckets];

    public long Count => counts.Sum();

    /// <summary>Buckets that are not empty: number and count.</summary>
    public IReadOnlyList<FleetBucket> Filled => [.. counts.Select((count, number) => new FleetBucket(number, count)).Where(bucket => bucket.Count > 0)];

    public static LatencyHistogram Of(IEnumerable<FleetBucket> buckets)
    {
        var histogram = new LatencyHistogram();
        foreach (var bucket in buckets)
            histogram.counts[Math.Clamp(bucket.Number, 0, Buckets - 1)] += bucket.Count;
        return histogram;
    }

    public void Add(TimeSpan span) => Interlocked.Increment(ref counts[BucketOf((long)span.TotalMicroseconds)]);

    /// <param name="share">0 to 1: the time that so many do not exceed.</param>
    /// <returns>Milliseconds, the upper end of a bucket; 0 when nothing was counted.</returns>
    public double Percentile(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(Count * share));
        var seen = 0L;
        for (var number = 0; number < Buckets; number++)
        {
            if (counts[number] > 0 && (seen += counts[number]) >= wanted)
                return UpperEnd(number) / 1000.0;
        }

        return 0;
    }

    private static int BucketOf(long microseconds)
    {
        if (microseconds < PerPower)
            return (int)Math.Max(0, microseconds);
        var power = BitOperations.Log2((ulong)microseconds);
        // The first 16 stand for themselves; from then on the four bits behind the first one count.
        return (int)Math.Min(Buckets - 1, ((power - 3) * PerPower) + ((microseconds >> (power - 4)) & (PerPower - 1)));
    }

    private static long UpperEnd(int number)
    {
        if (number < PerPower)
            return number;
        var power = (number / PerPower) + 3;
        return ((long)(PerPower + (number % PerPower) + 1) << (power - 4)) - 1;
    }
}
