namespace OpenStage.Simulator.Control;

/// <summary>Body that names the quirks to wear.</summary>
internal sealed record QuirksRequest(string[]? Quirks);
