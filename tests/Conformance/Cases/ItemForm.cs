using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>An item of a first message and the form of its value.</summary>
/// <param name="Pattern">Regular expression that the whole value matches.</param>
/// <param name="Form">The form in words.</param>
public sealed record ItemForm(string Id, Level Level, int Page, string Title, string Requirement, string Quirk, string Item, string Pattern, string Form)
    : TableCase(Id, Level, Page, Title, Requirement, Quirk);
