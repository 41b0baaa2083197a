using OpenStage.Conformance;

namespace OpenStage.Lab;

/// <summary>What became of a run.</summary>
/// <param name="Complete">False when it was interrupted.</param>
/// <param name="LabErrors">What kept the lab from running at all.</param>
public sealed record SuiteOutcome(ConformanceRun Run, bool Complete, IReadOnlyList<string> LabErrors);
