using System.Globalization;
using System.Text;
using OpenStage.Harness.Comparison;

namespace OpenStage.Harness.Reports;

/// <summary>report.md: as much of a run as fits into a chat or a mail.</summary>
internal static class MarkdownReport
{
    /// <summary>More of a kind are counted only; report.html has all.</summary>
    private const int MostOfAKind = 20;

    public static string Write(RunReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Escape(report.Title.Length > 0 ? report.Title : "Conformance report")}: {Outcome(report)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{report.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {ComparisonView.Count(report.Cases.Count, "case")} on {ReportText.Subjects(report)}");
        text.Append(CultureInfo.InvariantCulture, $" in {report.DurationSeconds:0.0} s, seed {report.Seed}, lab file {Code(report.LabFile)}, run {Code(report.RunId)}\n\n");
        Counts(text, report);
        About(text, report);
        List(text, "Not set back", report.NotRestored, one => $"**{Escape(one.PhoneId)}**: {(one.Item.Length > 0 ? Code(one.Item) : "the whole phone")} (case {Code(one.CaseId)}). {Escape(one.Reason)} Set it by hand before the phone is used again.");
        var cases = report.Cases.ToDictionary(entry => entry.Id);
        List(text, "Red", [.. report.Results.Where(result => RunSummary.Fails(result.Verdict))], result => Line(report, result, cases[result.CaseId]));
        List(text, "Lab errors", [.. report.Results.Where(result => result.Verdict == Verdict.LabError)], result => Line(report, result, cases[result.CaseId]));
        Since(text, report, cases);
        return text.ToString();
    }

    private static string Outcome(RunReport report)
    {
        var counts = RunSummary.Of(report).Counts;
        var failed = counts.Where(pair => RunSummary.Fails(pair.Key)).Sum(pair => pair.Value);
        string[] words =
        [
            failed > 0 ? FormattableString.Invariant($"{failed} failed") : "",
            counts.TryGetValue(Verdict.LabError, out var errors) ? ComparisonView.Count(errors, "lab error") : "",
            report.LabErrors.Count > 0 ? "the lab failed" : "",
            report.BaselineErrors.Count > 0 ? "the baseline is out of date" : "",
            report.NotRestored.Count > 0 ? $"{ComparisonView.Count(report.NotRestored.Count, "setting")} not set back" : "",
            report.Complete ? "" : "not complete",
        ];
        var wrong = string.Join(", ", words.Where(word => word.Length > 0));
        return wrong.Length > 0 ? wrong : "all good";
    }

    private static void Counts(StringBuilder text, RunReport report)
    {
        var verdicts = report.Results.Select(result => result.Verdict).Distinct().Order().ToList();
        string[] heads = ["Phone", "Model", "Firmware", .. verdicts.Select(ReportWriter.Word), "not compatible"];
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select((_, column) => column < 3 ? "---|" : "--:|"))}\n");
        foreach (var phone in report.Phones)
        {
            var results = report.Results.Where(result => result.PhoneId == phone.Id).ToList();
            var counts = verdicts.Select(verdict => results.Count(result => result.Verdict == verdict)).Append(results.Count(result => !result.Compatible));
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(phone.Id)} | {Escape(phone.Model)} | {Escape(phone.Firmware)} | {string.Join(" | ", counts)} |\n");
        }
    }

    private static void About(StringBuilder text, RunReport report)
    {
        List(text, "About this run",
        [
            .. ReportText.Incomplete(report),
            .. report.LabErrors.Select(error => $"Lab error: {error}"),
            .. report.BaselineErrors.Select(error => $"Baseline: {error}"),
            .. report.Phones.Where(phone => phone.Doubt.Length > 0).Select(phone => $"{phone.Id}: {phone.Doubt}"),
            .. report.Notes,
        ], Escape);
    }

    private static string Line(RunReport report, ResultEntry result, CaseEntry entry)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{ReportWriter.Word(result.Verdict)}** {Escape(result.PhoneId)}: {Escape(entry.Title)} ({Code(entry.Id)}, WPI guide p.{entry.Page}{string.Concat(entry.Rules.Select(rule => $", {rule}"))})");
        if (!result.Compatible)
            text.Append("; the phone does not work with a service for this");
        if (result.Tries.Count > 1)
            text.Append(CultureInfo.InvariantCulture, $"; {result.Tries.Count(verdict => verdict == Verdict.Pass)} of {result.Tries.Count} tries passed");
        Add("Asked for", entry.Requirement);
        Add("Found", ReportText.Found(result) is var found && found == entry.Requirement ? "" : found);
        Add("What to do next", result.Advice);
        if (ReportText.SeeAgain(report, result) is { Length: > 0 } command)
            text.Append(CultureInfo.InvariantCulture, $"\n  See it again: {Code(command)}");
        return text.ToString();

        void Add(string name, string value)
        {
            if (value.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n  {name}: {Escape(value)}");
        }
    }

    private static void Since(StringBuilder text, RunReport report, Dictionary<string, CaseEntry> cases)
    {
        if (report.PreviousRun.Length == 0)
            return;
        var changes = report.Results.ToLookup(result => LastRun.ChangeOf(report, result));
        text.Append(CultureInfo.InvariantCulture, $"\n## Since {Escape(report.PreviousRun)}\n\n{ComparisonView.Count(changes[ResultChange.NewFailure].Count(), "new failure")}, ");
        text.Append(CultureInfo.InvariantCulture, $"{changes[ResultChange.Mended].Count()} mended, {changes[ResultChange.StillFailing].Count()} still failing.\n");
        List(text, "New failures", [.. changes[ResultChange.NewFailure]], Short);
        List(text, "Mended", [.. changes[ResultChange.Mended]], Short);

        string Short(ResultEntry result) => $"{Escape(result.PhoneId)}: {Escape(cases[result.CaseId].Title)} ({Code(result.CaseId)})";
    }

    private static void List<T>(StringBuilder text, string title, IReadOnlyList<T> all, Func<T, string> line)
    {
        if (all.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        foreach (var one in all.Take(MostOfAKind))
            text.Append("- ").Append(line(one)).Append('\n');
        if (all.Count > MostOfAKind)
            text.Append(CultureInfo.InvariantCulture, $"- and {all.Count - MostOfAKind} more, see report.html\n");
    }

    /// <summary>Text as it is, whatever marks it has.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in ComparisonView.Clean(text))
        {
            if (letter is '<' or '>' or '&')
                escaped.Append(letter switch { '<' => "&lt;", '>' => "&gt;", _ => "&amp;" });
            else
                escaped.Append(@"\`*_[]|~#!".Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : letter.ToString());
        }

        return escaped.ToString();
    }

    /// <summary>Text as code; more backticks around it than there are in it.</summary>
    private static string Code(string text)
    {
        var (clean, fence) = (ComparisonView.Clean(text), "`");
        while (clean.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return fence.Length == 1 ? $"`{clean}`" : $"{fence} {clean} {fence}";
    }
}
