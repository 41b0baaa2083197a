namespace OpenStage.Harness.Reports;

/// <summary>A header line of an exchange, secrets masked.</summary>
public sealed record HeaderEntry(string Name, string Value);
