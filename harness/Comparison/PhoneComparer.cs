using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Comparison;

/// <summary>Compares what two runs say about a phone.</summary>
internal static class PhoneComparer
{
    /// <summary>Times that differ by less than this are the same: no machine is that even.</summary>
    private const double LeastMilliseconds = 500;

    /// <summary>And by less than this share of the longer one.</summary>
    private const double LeastShare = 0.25;

    public static PhoneComparison Compare(RunReport before, PhoneEntry first, RunReport after, PhoneEntry second)
    {
        var old = ResultsOf(before, first);
        var now = ResultsOf(after, second);
        var titles = before.Cases.Concat(after.Cases).GroupBy(entry => entry.Id).ToDictionary(group => group.Key, group => group.Last());
        var both = old.Keys.Where(id => now.TryGetValue(id, out var result) && Rank(old[id].Verdict) is not null && Rank(result.Verdict) is not null)
            .Order(StringComparer.Ordinal).ToList();
        var cases = old.Keys.Union(now.Keys).Order(StringComparer.Ordinal);

        return new PhoneComparison
        {
            Before = ComparedPhone.Of(before, first),
            After = ComparedPhone.Of(after, second),
            CasesInBoth = both.Count,
            Verdicts = [.. cases.Select(id => Verdicts(id, titles.GetValueOrDefault(id), old.GetValueOrDefault(id), now.GetValueOrDefault(id))).OfType<VerdictChange>().OrderBy(change => change.Kind)],
            Items = ToldItems.Changes(
                ToldItems.Of(both.Select(id => old[id]), before, first), ToldItems.Of(both.Select(id => now[id]), after, second)),
            Order = [.. both.Select(id => Order(old[id], now[id])).OfType<OrderChange>()],
            Timing = [.. both.SelectMany(id => Timing(old[id], now[id]))],
        };
    }

    /// <summary>How bad a verdict is for the phone; null when it says nothing about the phone.</summary>
    internal static int? Rank(Verdict verdict) => verdict switch
    {
        Verdict.Pass or Verdict.UnexpectedPass => 0,
        Verdict.Informational => 1,
        Verdict.NonStrict => 2,
        Verdict.Flaky => 3,
        Verdict.ExpectedFailure => 4,
        Verdict.Fail => 5,
        _ => null,
    };

    private static Dictionary<string, ResultEntry> ResultsOf(RunReport report, PhoneEntry phone) => report.Results
        .Where(result => result.PhoneId == phone.Id).GroupBy(result => result.CaseId).ToDictionary(group => group.Key, group => group.Last());

    private static VerdictChange? Verdicts(string id, CaseEntry? entry, ResultEntry? before, ResultEntry? after)
    {
        var incompatible = before is { Compatible: true } && after is { Compatible: false };
        if (before?.Verdict == after?.Verdict && !incompatible)
            return null;
        return new VerdictChange
        {
            CaseId = id,
            Title = entry?.Title ?? "",
            Page = entry?.Page ?? 0,
            Kind = incompatible ? ChangeKind.Regression : Kind(before?.Verdict, after?.Verdict),
            Before = before?.Verdict,
            After = after?.Verdict,
            BecameIncompatible = incompatible,
            Why = after is null ? "" : after.Expected.Length > 0 ? $"expected {after.Expected}, got {after.Actual}" : after.Reason,
        };
    }

    private static ChangeKind Kind(Verdict? before, Verdict? after)
    {
        var old = before is { } first ? Rank(first) : null;
        var now = after is { } second ? Rank(second) : null;
        return (old, now) switch
        {
            (null, null) => ChangeKind.Other,
            (null, _) => ChangeKind.Gained,
            (_, null) => ChangeKind.Lost,
            _ when now < old => ChangeKind.Improvement,
            _ when now > old && after != Verdict.ExpectedFailure => ChangeKind.Regression,
            _ => ChangeKind.Other,
        };
    }

    private static OrderChange? Order(ResultEntry before, ResultEntry after)
    {
        string[] old = [.. before.Exchanges.Select(Said)];
        string[] now = [.. after.Exchanges.Select(Said)];
        var same = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return same == old.Length && same == now.Length ? null : new OrderChange { CaseId = after.CaseId, Step = same + 1, Before = old, After = now };
    }

    /// <summary>Only as far as the same was said: the times of different messages cannot be compared.</summary>
    private static IEnumerable<TimingChange> Timing(ResultEntry before, ResultEntry after)
    {
        for (var step = 0; step < before.Exchanges.Count && step < after.Exchanges.Count; step++)
        {
            var (old, now) = (before.Exchanges[step], after.Exchanges[step]);
            if (Said(old) != Said(now))
                yield break;
            if (step > 0 && Differ(Pause(before, step), Pause(after, step)))
                yield return Change($"pause before {now.RequestLabel}", Pause(before, step), Pause(after, step));
            if (now.Kind == "contact-me" && Differ(old.DurationMilliseconds, now.DurationMilliseconds))
                yield return Change("answer to contact-me", old.DurationMilliseconds, now.DurationMilliseconds);

            TimingChange Change(string what, double first, double second) =>
                new() { CaseId = after.CaseId, Step = step + 1, What = what, BeforeMilliseconds = Math.Round(first, 1), AfterMilliseconds = Math.Round(second, 1) };
        }
    }

    private static double Pause(ResultEntry result, int step) => result.Exchanges[step].OffsetMilliseconds - result.Exchanges[step - 1].OffsetMilliseconds;

    private static bool Differ(double before, double after) =>
        Math.Abs(after - before) >= LeastMilliseconds && Math.Abs(after - before) >= LeastShare * Math.Max(before, after);

    private static string Said(ExchangeEntry exchange) => $"{exchange.RequestLabel} -> {exchange.ResponseLabel}";
}
