using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance;

/// <summary>What cases of phones and of services have in common.</summary>
public abstract class LabCases
{
    /// <summary>Fails the case unless the condition holds.</summary>
    protected static void Expect(bool condition, string expected, string actual)
    {
        if (!condition)
            throw new ConformanceException(expected, actual);
    }

    /// <summary>Fails the case unless the texts are the same, case and all.</summary>
    protected static void ExpectText(string expected, string? actual, string what) =>
        Expect(expected == actual, $"{what} '{expected}'", actual is null ? "none" : $"'{actual}'");
}
