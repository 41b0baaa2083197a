namespace OpenStage.Simulator.Fleet;

/// <summary>A value for an item without index.</summary>
internal sealed record FleetSetting(string Item, string Value);
