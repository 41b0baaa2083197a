namespace OpenStage.Harness.Lab;

/// <summary>One thing that a lab needs, and whether it is there.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="IsGood">Whether the lab can run with it.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do about it; empty when it is good.</param>
public sealed record LabCheck(string Name, bool IsGood, string Found, string Advice);
