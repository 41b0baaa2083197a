namespace OpenStage.Benchmarks.Storm;

/// <summary>What one wave cost, with the processor time of both sides while it lasted.</summary>
internal sealed record WaveCost(TimeSpan Time, TimeSpan ServerCpu, TimeSpan LoadCpu)
{
    public WaveCost MeanWith(WaveCost other) => new((Time + other.Time) / 2, (ServerCpu + other.ServerCpu) / 2, (LoadCpu + other.LoadCpu) / 2);
}
