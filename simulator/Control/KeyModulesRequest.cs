namespace OpenStage.Simulator.Control;

/// <summary>Body that says how many key modules are plugged in.</summary>
internal sealed record KeyModulesRequest(int Count);
