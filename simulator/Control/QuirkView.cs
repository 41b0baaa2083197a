namespace OpenStage.Simulator.Control;

/// <summary>A quirk that a phone can wear.</summary>
/// <param name="Cases">Conformance cases that catch it.</param>
internal sealed record QuirkView(string Id, string Name, string Summary, string Source, IReadOnlyList<string> Cases);
