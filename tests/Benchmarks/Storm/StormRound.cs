namespace OpenStage.Benchmarks.Storm;

/// <summary>What one storm came to; processor times and memory are of whole processes, from their start.</summary>
/// <param name="Time">Until the last was served.</param>
/// <param name="ServerMemory">Most that the server had, in bytes.</param>
/// <param name="LoadMemory">Most that the process of those who call had, in bytes.</param>
internal sealed record StormRound(TimeSpan Time, TimeSpan ServerCpu, TimeSpan LoadCpu, long ServerMemory, long LoadMemory);
