namespace OpenStage.Benchmarks.Storm;

/// <summary>What a process that only shakes hands tells in the end.</summary>
/// <param name="First">In a process that has just started.</param>
/// <param name="Again">As many once more.</param>
/// <param name="ProcessorTime">Processor time of the process from its start.</param>
/// <param name="Kind">What the handshakes were.</param>
internal sealed record HandshakeResult(Wave First, Wave Again, TimeSpan ProcessorTime, HandshakeKind Kind);
