namespace OpenStage.Simulator.Fleet;

/// <summary>Times of about the same length.</summary>
/// <param name="Number">Below 16 microseconds; from 16 on, sixteen buckets to a power of two of microseconds.</param>
/// <param name="Count">How many there were.</param>
internal sealed record FleetBucket(int Number, long Count);
