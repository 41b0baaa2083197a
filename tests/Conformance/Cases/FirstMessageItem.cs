using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>An item that messages of a reason must have.</summary>
public sealed record FirstMessageItem(string Id, string Reason, string Item, string Quirk)
    : TableCase(Id, Level.Must, 27, $"{Reason} has the item {Item}", $"A message that opens an interaction has {Item}.", Quirk);
