using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Explanations;

/// <summary>The result that went well and is most like a failed one, so that the two can be laid side by side.</summary>
/// <param name="Run">The run that it is from.</param>
/// <param name="Step">Number of the first exchange in which the two differ, from 1; 0 when none does.</param>
public sealed record NearestPass(RunReport Run, ResultEntry Result, PhoneEntry Phone, int Step)
{
    /// <summary>
    /// Of all results of the case that passed: the one that says the same for longest, then one of the same phone, then one
    /// of the same model, then the newest. Null when none passed.
    /// </summary>
    /// <param name="run">The run of the failed result, and those to look in.</param>
    public static NearestPass? Of(RunReport run, ResultEntry failed, IReadOnlyList<RunReport> runs)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(failed);
        ArgumentNullException.ThrowIfNull(runs);
        var phone = run.Phones.FirstOrDefault(phone => phone.Id == failed.PhoneId);
        return runs.SelectMany(other => other.Results
                .Where(result => result.CaseId == failed.CaseId && result.Verdict is (Verdict.Pass or Verdict.UnexpectedPass))
                .Join(other.Phones, result => result.PhoneId, entry => entry.Id, (result, entry) => (Run: other, Result: result, Phone: entry)))
            .OrderByDescending(found => Same(failed, found.Result))
            .ThenByDescending(found => found.Phone.Mac == phone?.Mac)
            .ThenByDescending(found => found.Phone.Model == phone?.Model)
            .ThenByDescending(found => found.Run.StartedAt)
            .Select(found => new NearestPass(found.Run, found.Result, found.Phone, Parting(run, phone, failed, found.Run, found.Phone, found.Result)))
            .FirstOrDefault();
    }

    /// <summary>Number of exchanges from the first one on that say the same.</summary>
    private static int Same(ResultEntry first, ResultEntry second) =>
        first.Exchanges.Zip(second.Exchanges).TakeWhile(pair => Said(pair.First) == Said(pair.Second)).Count();

    private static int Parting(RunReport run, PhoneEntry? phone, ResultEntry failed, RunReport otherRun, PhoneEntry otherPhone, ResultEntry passed)
    {
        var same = Same(failed, passed);
        if (same < Math.Max(failed.Exchanges.Count, passed.Exchanges.Count))
            return same + 1;
        // All say the same in few words: then what they hold makes the difference.
        for (var step = 0; step < same; step++)
        {
            if (!MessageLines.Of(failed.Exchanges[step], run, phone).SequenceEqual(MessageLines.Of(passed.Exchanges[step], otherRun, otherPhone)))
                return step + 1;
        }

        return 0;
    }

    private static string Said(ExchangeEntry exchange) => $"{exchange.RequestLabel} -> {exchange.ResponseLabel}";

    /// <summary>The lines of the first differing exchange that only one of the two has, - of the failed and + of the passing one.</summary>
    /// <param name="run">The run of the failed result.</param>
    public IReadOnlyList<string> Difference(RunReport run, ResultEntry failed)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(failed);
        if (Step == 0)
            return [];
        var failedPhone = run.Phones.FirstOrDefault(phone => phone.Id == failed.PhoneId);
        var ours = failed.Exchanges.Count < Step ? [] : MessageLines.Of(failed.Exchanges[Step - 1], run, failedPhone);
        var theirs = Result.Exchanges.Count < Step ? [] : MessageLines.Of(Result.Exchanges[Step - 1], Run, Phone);
        return [.. ours.Except(theirs).Select(line => "- " + line), .. theirs.Except(ours).Select(line => "+ " + line)];
    }
}
