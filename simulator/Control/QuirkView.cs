namespace OpenStage.Simulator.Control;

/// <summary>A quirk that a phone can wear.</summary>
internal sealed record QuirkView(string Id, string Name, string Summary, string Source);
