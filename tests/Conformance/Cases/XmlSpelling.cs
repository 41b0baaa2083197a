using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>A WriteItems or ReadItems of the service in a certain spelling, and the value that the item has afterwards.</summary>
/// <param name="Xml">The answer; NONCE stands for the nonce of the message being answered.</param>
/// <param name="Item">The item that is read back.</param>
/// <param name="Index">Its index, or 0 for none.</param>
/// <param name="Value">What it must be then; null for anything but empty.</param>
public sealed record XmlSpelling(string Id, Level Level, int Page, string Title, string Requirement, string Quirk, string Xml, string Item, string? Value, int Index = 0)
    : TableCase(Id, Level, Page, Title, Requirement, Quirk);
