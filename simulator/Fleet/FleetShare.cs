namespace OpenStage.Simulator.Fleet;

/// <summary>How many phones are of a kind.</summary>
/// <param name="Name">Model with firmware, or quirk.</param>
internal sealed record FleetShare(string Name, int Phones);
