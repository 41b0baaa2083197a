using OpenStage.Harness.Reports;

namespace OpenStage.Harness.History;

/// <summary>How little a case can be relied on.</summary>
internal static class FlakeScore
{
    /// <param name="results">Oldest first. Verdicts that say nothing about the phone are left out.</param>
    /// <returns>0 to 1; see <see cref="CaseHistory.FlakeScore"/>.</returns>
    public static double Of(IEnumerable<PastResult> results)
    {
        var (chances, changes) = (0, 0);
        (bool Bad, string Firmware)? last = null;
        foreach (var result in results)
        {
            if (result.Verdict == Verdict.Flaky)
            {
                chances++;
                changes++;
                continue;
            }

            if (IsBad(result.Verdict) is not { } bad)
                continue;
            // Another firmware may well behave otherwise, for good: that is no flake.
            if (last is { } before && before.Firmware == result.Firmware)
            {
                chances++;
                changes += before.Bad == bad ? 0 : 1;
            }

            last = (bad, result.Firmware);
        }

        return chances == 0 ? 0 : Math.Round((double)changes / chances, 3);
    }

    private static bool? IsBad(Verdict verdict) => verdict switch
    {
        Verdict.Fail or Verdict.ExpectedFailure => true,
        Verdict.Pass or Verdict.UnexpectedPass or Verdict.NonStrict or Verdict.Informational => false,
        _ => null,
    };
}
