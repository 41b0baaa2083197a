using System.Text.RegularExpressions;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Reproduction;

/// <summary>When a result is a failure, and when two failures are the same.</summary>
public static partial class Failure
{
    /// <summary>True for what is worth running again.</summary>
    public static bool Is(Verdict verdict) =>
        verdict is not (Verdict.Pass or Verdict.NotApplicable or Verdict.Skipped or Verdict.UnexpectedPass);

    /// <summary>True when a result fails as a repro says: same verdict, same words, up to values that are others each time.</summary>
    public static bool IsSame(Repro repro, ResultEntry result) =>
        result.CaseId == repro.CaseId && result.Verdict == repro.Verdict
        && Steady(result.Expected) == Steady(repro.Expected) && Steady(result.Actual) == Steady(repro.Actual)
        && (repro.Verdict != Verdict.LabError || Steady(result.Reason) == Steady(repro.Reason));

    /// <summary>The verdict of a failure as the case gave it, before a baseline or other tries changed it.</summary>
    internal static Verdict Raw(ResultEntry result, Level level) => result.Verdict switch
    {
        Verdict.ExpectedFailure => OfLevel(level),
        Verdict.Flaky => result.Tries.Where(Is).Cast<Verdict?>().FirstOrDefault() ?? OfLevel(level),
        var verdict => verdict,
    };

    private static Verdict OfLevel(Level level) =>
        level switch { Level.Must => Verdict.Fail, Level.Should => Verdict.NonStrict, _ => Verdict.Informational };

    /// <summary>The first line of a text without nonces, cookies, and addresses with ports: they are the run's, not the failure's.</summary>
    private static string Steady(string text) =>
        Port().Replace(LongHex().Replace(text.Split('\n')[0].TrimEnd('\r'), "(hex)"), "$1:(port)");

    [GeneratedRegex("[0-9A-Fa-f]{16,}")]
    private static partial Regex LongHex();

    [GeneratedRegex(@"(\d{1,3}(?:\.\d{1,3}){3}|\]):\d{1,5}")]
    private static partial Regex Port();
}
