namespace OpenStage.Simulator.Control;

/// <summary>Body with the PIN that somebody enters.</summary>
internal sealed record PinRequest(string? Pin);
