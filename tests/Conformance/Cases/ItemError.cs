using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>An item that a phone must not take, and the statuses that it may say.</summary>
/// <param name="Statuses">The statuses, with a bar between them.</param>
/// <param name="Index">Index of the item, or 0 for none.</param>
public sealed record ItemError(string Id, Level Level, int Page, string Title, string Requirement, string Quirk, string Item, string Value, string Statuses, int Index = 0)
    : TableCase(Id, Level, Page, Title, Requirement, Quirk);
