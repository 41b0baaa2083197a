namespace OpenStage.Protocol.Recordings;

/// <summary>A header line with the spelling it had on the wire.</summary>
public sealed record RecordedHeader(string Name, string Value);
