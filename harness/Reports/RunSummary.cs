namespace OpenStage.Harness.Reports;

/// <summary>Counts of a run and the exit code that they mean.</summary>
public sealed record RunSummary(IReadOnlyDictionary<Verdict, int> Counts, int ExitCode)
{
    public static RunSummary Of(RunReport report)
    {
        var counts = report.Results.GroupBy(result => result.Verdict).ToDictionary(group => group.Key, group => group.Count());
        var failed = counts.Keys.Any(Fails) || report.BaselineErrors.Count > 0;
        var broken = counts.ContainsKey(Verdict.LabError) || report.LabErrors.Count > 0 || report.NotRestored.Count > 0 || !report.Complete;
        return new RunSummary(counts, failed ? 1 : broken ? 3 : 0);
    }

    /// <summary>True for a verdict that fails the run.</summary>
    internal static bool Fails(Verdict verdict) => verdict is Verdict.Fail or Verdict.UnexpectedPass or Verdict.Flaky;
}
