using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>A value that is read back as it was written.</summary>
/// <param name="Index">Index of the item, or 0 for none.</param>
/// <param name="Before">What is written before it, so that it is a change; null for nothing.</param>
public sealed record StoredValue(string Id, Level Level, string Title, string Requirement, string Quirk, string Item, string Value, int Index = 0, string? Before = null)
    : TableCase(Id, Level, 48, Title, Requirement, Quirk);
