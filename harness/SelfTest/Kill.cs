using OpenStage.Harness.Reports;

namespace OpenStage.Harness.SelfTest;

/// <summary>What became of a case on a phone that wears a quirk which the case says it catches.</summary>
/// <param name="Quirk">Name of the quirk.</param>
/// <param name="IsKilled">True when the quirk was caught, and the case passes without it.</param>
/// <param name="Told">What the case said: expected and actual, or why there is no verdict.</param>
public sealed record Kill(string Case, string Quirk, Verdict Verdict, bool IsKilled, string Told);
