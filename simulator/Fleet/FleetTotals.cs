namespace OpenStage.Simulator.Fleet;

/// <summary>What all phones did together.</summary>
/// <param name="Interactions">Interactions that came to their end.</param>
/// <param name="Messages">Messages that were answered.</param>
/// <param name="BytesSent">Messages with their HTTP heads.</param>
/// <param name="BytesReceived">Answers without their heads.</param>
internal sealed record FleetTotals(long Interactions, long Messages, long BytesSent, long BytesReceived);
