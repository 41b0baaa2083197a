namespace OpenStage.Harness.Reports;

/// <summary>An item as a service knows it.</summary>
/// <param name="Index">Number of the instance as it was written, or empty.</param>
/// <param name="Value">Secrets masked.</param>
internal sealed record KnownItem(string Name, string Index, string Value);
