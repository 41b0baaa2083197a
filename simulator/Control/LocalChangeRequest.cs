namespace OpenStage.Simulator.Control;

/// <summary>Body of a local change: values by item or item[index].</summary>
internal sealed record LocalChangeRequest(Dictionary<string, string>? Items);
