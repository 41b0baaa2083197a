namespace OpenStage.Simulator.Fleet;

/// <summary>A quirk that some phones of a fleet wear.</summary>
/// <param name="Quirk">Its name, also aimed as NAME@3 or NAME%25.</param>
/// <param name="Percent">How many of the phones, 1 to 100 %.</param>
internal sealed record FleetQuirk(string Quirk, int Percent);
