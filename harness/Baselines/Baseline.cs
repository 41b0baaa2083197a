using System.Globalization;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Baselines;

/// <summary>The failures that a lab expects; see lab-config/baseline.schema.json.</summary>
/// <param name="File">Path as the user gave it.</param>
public sealed record Baseline(string File, IReadOnlyList<ExpectedFailure> Entries)
{
    /// <summary>A baseline that expects nothing to fail.</summary>
    public static Baseline None { get; } = new("", []);

    /// <summary>The result as it counts: an expected failure where the baseline has one, an unexpected pass where it should have failed.</summary>
    /// <param name="startedAt">Start of the run: what expires during a run still counts.</param>
    public ResultEntry Judge(ResultEntry result, PhoneEntry phone, DateTimeOffset startedAt)
    {
        var entry = Entries.FirstOrDefault(entry => !IsExpired(entry, startedAt) && entry.Covers(result.CaseId, phone));
        return (entry, result.Verdict) switch
        {
            (not null, Verdict.Fail) => result with
            {
                Verdict = Verdict.ExpectedFailure,
                Reason = $"Expected until {Day(entry.Expires)}: {entry.Reason} ({Place(entry)})",
            },
            (not null, Verdict.Pass) => result with
            {
                Verdict = Verdict.UnexpectedPass,
                Reason = $"{Place(entry)}: the case passes, though this entry expects it to fail ({entry.Reason}); delete the entry.",
            },
            _ => result,
        };
    }

    /// <summary>The report with its results as they count, and the entries that have expired.</summary>
    public RunReport Apply(RunReport report)
    {
        var phones = report.Phones.ToDictionary(phone => phone.Id);
        return report with
        {
            Results = [.. report.Results.Select(result => Judge(result, phones[result.PhoneId], report.StartedAt))],
            BaselineErrors = [.. Entries.Where(entry => IsExpired(entry, report.StartedAt)).Select(entry =>
                $"{Place(entry)}: expires: the entry for {entry.Case} on {entry.Phone ?? entry.Model} expired on {Day(entry.Expires)} ({entry.Reason}); delete it, or give it a new day.")],
        };
    }

    /// <summary>A line for each entry that speaks of no result of a run, such as one with a typing error in its case.</summary>
    public IEnumerable<string> Unused(RunReport report) => Entries
        .Where(entry => !report.Results.Any(result => report.Phones.Any(phone => phone.Id == result.PhoneId && entry.Covers(result.CaseId, phone))))
        .Select(entry => $"{Place(entry)}: the run has no result of {entry.Case} on {entry.Phone ?? entry.Model} that this entry could be about.");

    private static bool IsExpired(ExpectedFailure entry, DateTimeOffset startedAt) => entry.Expires < DateOnly.FromDateTime(startedAt.UtcDateTime);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Place(ExpectedFailure entry) => string.Create(CultureInfo.InvariantCulture, $"{File}:{entry.Line}");
}
