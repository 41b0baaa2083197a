namespace OpenStage.Benchmarks.Storm;

/// <summary>What one wave cost, with the processor time of both sides while it lasted.</summary>
internal sealed record WaveCost(TimeSpan Time, TimeSpan ServerCpu, TimeSpan LoadCpu);
