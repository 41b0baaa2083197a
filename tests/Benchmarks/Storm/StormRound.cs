namespace OpenStage.Benchmarks.Storm;

/// <summary>What one round came to.</summary>
/// <param name="First">All come to a service that has just started and knows none of them, and their own process has, too.</param>
/// <param name="Again">The same come once more, as after a power cut.</param>
/// <param name="ServerMemory">Most that the server had, in bytes.</param>
/// <param name="LoadMemory">Most that the process of those who call had, in bytes.</param>
internal sealed record StormRound(WaveCost First, WaveCost Again, long ServerMemory, long LoadMemory)
{
    /// <summary>The middle between this one and another; of memory the greater.</summary>
    public StormRound MeanWith(StormRound other) => new(
        First.MeanWith(other.First), Again.MeanWith(other.Again), Math.Max(ServerMemory, other.ServerMemory), Math.Max(LoadMemory, other.LoadMemory));
}
