namespace OpenStage.Simulator.Recording;

/// <summary>How well one recorded exchange was reproduced.</summary>
/// <param name="Number">Of the exchange in the recording, from 1.</param>
/// <param name="Said">What the recorded phone said, in words.</param>
/// <param name="Difference">The lines that differ, - recorded and + emulated; empty when it is exact.</param>
public sealed record FidelityLine(int Number, string Said, Fidelity Fidelity, string Difference);
