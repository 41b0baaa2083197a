namespace OpenStage.Simulator.Recording;

/// <summary>How well one recorded exchange was reproduced.</summary>
/// <param name="Number">Of the exchange in the recording, from 1; of a surplus message, the exchange before which it came, 0 after the last.</param>
/// <param name="Said">What was said, in words.</param>
/// <param name="Difference">The lines that differ, - recorded and + emulated; empty when it is exact.</param>
public sealed record FidelityLine(int Number, string Said, Fidelity Fidelity, string Difference);
