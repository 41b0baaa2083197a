namespace OpenStage.Harness.Reports;

/// <summary>The difference of a run to the one before it.</summary>
public static class LastRun
{
    /// <summary>Gives each result the verdict that the case had on the phone of the same id in an earlier run.</summary>
    public static RunReport Compare(RunReport report, RunReport previous)
    {
        var before = previous.Results.GroupBy(result => (result.CaseId, result.PhoneId)).ToDictionary(group => group.Key, group => group.Last().Verdict);
        return report with
        {
            PreviousRun = previous.RunId,
            Results =
            [
                .. report.Results.Select(result => result with { Previous = before.TryGetValue((result.CaseId, result.PhoneId), out var verdict) ? verdict : null }),
            ],
        };
    }

    internal static ResultChange ChangeOf(RunReport report, ResultEntry result)
    {
        if (report.PreviousRun.Length == 0)
            return ResultChange.None;
        var failed = result.Previous is { } before && RunSummary.Fails(before);
        if (RunSummary.Fails(result.Verdict))
            return failed ? ResultChange.StillFailing : ResultChange.NewFailure;
        // What was not run, or is expected to fail now, is not mended.
        return failed && result.Verdict is (Verdict.Pass or Verdict.NonStrict or Verdict.Informational) ? ResultChange.Mended : ResultChange.None;
    }
}
