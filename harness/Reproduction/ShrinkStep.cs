namespace OpenStage.Harness.Reproduction;

/// <summary>What one step of shrinking did.</summary>
/// <param name="What">What was left out, such as quirks.</param>
/// <param name="Before">Number before the step.</param>
/// <param name="After">Number after it.</param>
/// <param name="Tries">Runs that it took.</param>
public sealed record ShrinkStep(string What, int Before, int After, int Tries);
