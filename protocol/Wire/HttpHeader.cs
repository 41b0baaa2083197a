namespace OpenStage.Protocol.Wire;

/// <summary>One HTTP header line as it was on the wire: name and value, casing kept.</summary>
public sealed record HttpHeader(string Name, string Value);
