namespace OpenStage.Harness.Verdicts;

/// <summary>The phone did not do what a case expects.</summary>
public sealed class ConformanceException(string expected, string actual)
    : Exception($"Expected: {expected}{Environment.NewLine}Actual: {actual}")
{
    public string Expected { get; } = expected;

    public string Actual { get; } = actual;
}
