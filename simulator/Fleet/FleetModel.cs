namespace OpenStage.Simulator.Fleet;

/// <summary>Phones of one kind in a mix.</summary>
/// <param name="Model">Device type, such as OpenStage 40.</param>
/// <param name="Firmware">Such as V3 R3.24.0; null for the model's newest.</param>
/// <param name="Share">Weight beside the other kinds, 1 to 1000.</param>
internal sealed record FleetModel(string Model, string? Firmware, int Share);
