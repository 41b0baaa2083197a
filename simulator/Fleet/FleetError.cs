namespace OpenStage.Simulator.Fleet;

/// <summary>Errors of a kind.</summary>
internal sealed record FleetError(string Kind, long Count);
