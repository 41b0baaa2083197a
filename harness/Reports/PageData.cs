using System.Globalization;
using OpenStage.Harness.History;

namespace OpenStage.Harness.Reports;

/// <summary>
/// What the page needs at once, small enough for thousands of results: a result is a row of numbers, whose order is
/// that of the names in data.js, and texts are there once. Messages are apart, see <see cref="PageMessages"/>.
/// </summary>
internal static class PageData
{
    public static object Of(RunReport report)
    {
        var texts = new TextTable();
        var phones = Numbers(report.Phones.Select(phone => phone.Id));
        var cases = Numbers(report.Cases.Select(entry => entry.Id));
        var rows = report.Results.Select(result => Row(report, result, cases[result.CaseId], phones[result.PhoneId], texts)).ToList();
        return new
        {
            Run = report with { Phones = [], Cases = [], Rules = [], Results = [] },
            Incomplete = string.Concat(ReportText.Incomplete(report)),
            Verdicts = Enum.GetValues<Verdict>().Select(ReportWriter.Word),
            report.Phones,
            report.Cases,
            report.Rules,
            texts.Texts,
            Results = rows,
        };
    }

    internal static Dictionary<string, int> Numbers(IEnumerable<string> ids) => ids.Select((id, number) => (id, number)).ToDictionary(pair => pair.id, pair => pair.number);

    private static object[] Row(RunReport report, ResultEntry result, int entry, int phone, TextTable texts) =>
    [
        entry,
        phone,
        (int)result.Verdict,
        result.Compatible ? 1 : 0,
        (int)LastRun.ChangeOf(report, result),
        result.Previous is { } previous ? (int)previous : -1,
        texts.Add(result.Reason),
        texts.Add(result.Expected),
        texts.Add(result.Actual),
        texts.Add(result.Advice),
        texts.Add(ReportText.SeeAgain(report, result)),
        Math.Round(result.DurationMilliseconds, 1),
        result.Tries,
        result.History?.Trend ?? [],
        result.History?.FlakeScore ?? 0,
        texts.Add(LastPassed(result.History)),
        result.Evidence.Select(texts.Add).ToList(),
        result.Exchanges.Count,
    ];

    private static string LastPassed(CaseHistory? history) => history?.LastPassedAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
