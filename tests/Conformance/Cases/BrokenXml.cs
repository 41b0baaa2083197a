using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>An answer that is no XML.</summary>
public sealed record BrokenXml(string Id, Level Level, string Title, string Xml)
    : TableCase(Id, Level, 13, Title, "On invalid XML the phone sends clean-up.", "invalid-xml-ignored");
