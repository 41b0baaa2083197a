namespace OpenStage.Simulator.Fleet;

/// <summary>Times of one kind, in milliseconds; the upper ends of buckets.</summary>
internal sealed record FleetLatency
{
    public required long Count { get; init; }

    public required double P50 { get; init; }

    public required double P95 { get; init; }

    public required double P99 { get; init; }

    public required double Longest { get; init; }

    /// <summary>So that times of several machines can be added.</summary>
    public required IReadOnlyList<FleetBucket> Buckets { get; init; }

    public static FleetLatency Of(LatencyHistogram histogram) => new()
    {
        Count = histogram.Count,
        P50 = histogram.Percentile(0.5),
        P95 = histogram.Percentile(0.95),
        P99 = histogram.Percentile(0.99),
        Longest = histogram.Percentile(1),
        Buckets = histogram.Filled,
    };

    public static FleetLatency Sum(IEnumerable<FleetLatency> parts) => Of(LatencyHistogram.Of(parts.SelectMany(part => part.Buckets)));
}
