namespace OpenStage.Benchmarks.Storm;

/// <summary>What a process that only shakes hands tells in the end.</summary>
/// <param name="Seconds">From the first connection until the last was closed.</param>
/// <param name="ProcessorSeconds">Processor time of the process from its start.</param>
/// <param name="Kind">What the handshakes were.</param>
internal sealed record HandshakeResult(double Seconds, double ProcessorSeconds, HandshakeKind Kind);
