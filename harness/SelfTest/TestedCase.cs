using OpenStage.Harness.Reports;

namespace OpenStage.Harness.SelfTest;

/// <summary>A case of the suite under its own test.</summary>
/// <param name="Requirement">What it asks of phones, in our words.</param>
/// <param name="WithoutQuirk">Its verdict on a phone without a quirk; a case that does not pass there proves nothing.</param>
/// <param name="Reason">Why it did not pass there, or empty.</param>
public sealed record TestedCase(string Id, string Title, string Requirement, Verdict WithoutQuirk, string Reason = "");
