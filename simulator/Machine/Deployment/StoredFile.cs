namespace OpenStage.Simulator.Machine.Deployment;

/// <summary>A file on a phone.</summary>
/// <param name="Stored">When it was stored.</param>
public sealed record StoredFile(string Name, string Type, long Bytes, DateTimeOffset Stored);
