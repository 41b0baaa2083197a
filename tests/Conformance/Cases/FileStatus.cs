using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>An item of the status after a file was loaded, and the form of its value.</summary>
/// <param name="Pattern">Regular expression that the whole value matches.</param>
/// <param name="Form">The form in words.</param>
public sealed record FileStatus(string Id, string Title, string Requirement, string Quirk, string Item, string Pattern, string Form)
    : TableCase(Id, Level.Must, 54, Title, Requirement, Quirk);
