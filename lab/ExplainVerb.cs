using System.CommandLine;
using System.Globalization;
using OpenStage.Conformance;
using OpenStage.Harness.Captures;
using OpenStage.Harness.Comparison;
using OpenStage.Harness.Explanations;
using OpenStage.Harness.History;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;
using OpenStage.Harness.Sessions;

namespace OpenStage.Lab;

/// <summary><c>lab explain</c>: what a case asks for, and what became of it in a run.</summary>
internal static class ExplainVerb
{
    /// <summary>Lines of a difference that are shown.</summary>
    private const int MostLines = 12;

    /// <summary>How far back green is looked for, in runs.</summary>
    private const int HistoryRuns = 1000;

    public static Command Command()
    {
        var id = new Argument<string>("case") { Description = "Id of the case, such as wpi/3.6.4/1." };
        var run = new Argument<string?>("run") { Arity = ArgumentArity.ZeroOrOne, Description = "report.json or the folder of a run." };
        var phone = new Option<string?>("--phone") { Description = "Only this phone of the run." };
        var earlier = new Option<string[]>("--earlier") { Description = "An earlier run, or a folder of runs, in which a passing transcript may be found; may be given several times.", DefaultValueFactory = _ => [] };
        var history = new Option<string?>("--history") { Description = "History file, for when the case was last green." };
        var verb = new Command("explain", "Says what a case asks for, with page and rules; and of a run what was expected, what came, and where the nearest passing transcript goes another way.\n\nExample: lab explain wpi/3.6.4/1 lab-out --history lab.db") { id, run, phone, earlier, history };
        verb.SetAction(parsed => Explain(parsed.GetValue(id)!, parsed.GetValue(run), parsed.GetValue(phone), parsed.GetValue(earlier)!, parsed.GetValue(history)));
        return verb;
    }

    private static int Explain(string id, string? run, string? phone, string[] earlier, string? history)
    {
        try
        {
            var info = CaseSuite.All.Concat(CaseSuite.Services).FirstOrDefault(known => known.Id == id) ?? throw new FormatException($"case '{id}' is not allowed: {CaseNames.Suggest(id)}.");
            var report = run is null ? null : RunSide.Read(run).Report;
            if (report is null && (phone is not null || earlier.Length > 0))
                throw new FormatException($"{(phone is not null ? "--phone" : "--earlier")} is not allowed without a run; allowed is 'lab explain {id} FOLDER'.");
            if (report is not null && phone is not null && report.Phones.All(entry => entry.Id != phone))
                throw new FormatException($"--phone '{phone}' is not allowed; allowed are {string.Join(", ", report.Phones.Select(entry => entry.Id))}.");
            var runs = earlier.SelectMany(Reports).ToList();
            using var past = history is null ? null : HistoryFile.Open(history, create: false);
            ShowCase(info);
            if (report is not null)
                ShowRun(report, Directory.Exists(run) ? run : Path.GetDirectoryName(run) ?? "", [report, .. runs], info, phone, past);
            else if (past is not null)
                ShowTrends(past, id);
            return LabCommand.Good;
        }
        catch (FormatException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return LabCommand.UsageError;
        }
    }

    /// <summary>The report of a run, or those of all runs in a folder.</summary>
    private static IEnumerable<RunReport> Reports(string path)
    {
        if (!Directory.Exists(path) || File.Exists(Path.Combine(path, "report.json")))
            return [RunSide.Read(path).Report];
        var runs = Directory.GetDirectories(path).Where(folder => File.Exists(Path.Combine(folder, "report.json"))).Order(StringComparer.Ordinal).ToList();
        return runs.Count > 0 ? runs.Select(folder => RunSide.Read(folder).Report)
            : throw new FormatException($"--earlier '{path}' is not allowed; allowed is a report.json, the folder of a run, or a folder of such folders.");
    }

    private static void ShowCase(CaseInfo info)
    {
        Console.WriteLine($"{info.Id} {info.Title}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Asked for: {info.Requirement} (WPI guide p.{info.Page}, section {info.Section})"));
        Console.WriteLine($"  Level: {info.Level}; maturity: {info.Maturity}; needs: {(info.ServiceNeeds == 0 ? info.Needs.ToString() : info.ServiceNeeds.ToString())}");
        Console.WriteLine($"  Catches: {string.Join(", ", info.Catches)}");
        foreach (var rule in ConformanceRules.Book.CheckedBy(info.Id))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Rule {rule.Id}{(rule.Page is { } page ? $" p.{page}" : "")} {rule.Level}: {rule.Text}"));
    }

    /// <summary>The command as it works from here; in the report it is for the folder of the run.</summary>
    private static string Again(ResultEntry result, string folder) => result.Evidence.FirstOrDefault(file => file.EndsWith($"/{ReproFile.Name}", StringComparison.Ordinal)) is { } repro
        ? RunEvidence.Command(Path.Combine(folder, repro))
        : result.Reproduce;

    /// <param name="folder">The run's.</param>
    private static void ShowRun(RunReport report, string folder, IReadOnlyList<RunReport> runs, CaseInfo info, string? phone, HistoryFile? history)
    {
        var results = report.Results.Where(result => result.CaseId == info.Id && (phone is null || result.PhoneId == phone)).ToList();
        if (results.Count == 0)
            Console.WriteLine($"\nThe run {report.RunId} has no result of it{(phone is null ? "" : $" on {phone}")}.");
        foreach (var result in results)
        {
            Console.WriteLine($"\n{result.PhoneId}: {result.Verdict}{(result.Compatible ? "" : ", not compatible")}");
            foreach (var (name, value) in new[] { ("Expected", result.Expected), ("Actual", result.Actual), ("Reason", result.Reason), ("What to do", result.Advice), ("Again", Again(result, folder)) })
            {
                if (value.Length > 0)
                    Console.WriteLine($"  {name}: {value}");
            }

            Console.WriteLine($"  Last green: {LastGreen(history, result)}");
            if (Failure.Is(result.Verdict))
                ShowFailure(report, runs, result);
        }
    }

    private static void ShowFailure(RunReport report, IReadOnlyList<RunReport> runs, ResultEntry result)
    {
        foreach (var line in TranscriptText.Outline(result))
            Console.WriteLine($"  {line}");
        if (NearestPass.Of(report, result, runs) is not { } near)
        {
            Console.WriteLine("  No passing transcript of it: neither in this run nor in the earlier ones given.");
            return;
        }

        Console.WriteLine($"  Nearest passing: {near.Phone.Id} ({near.Phone.Model} {near.Phone.Firmware}) in run {near.Run.RunId}");
        if (near.Step == 0)
        {
            Console.WriteLine("  All messages of the two say the same; look at their times and at what came before.");
            return;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  First different at message {near.Step}: {Said(result, near.Step)} here, {Said(near.Result, near.Step)} there"));
        var difference = near.Difference(report, result);
        foreach (var line in difference.Take(MostLines))
            Console.WriteLine($"    {line}");
        if (difference.Count > MostLines)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    and {difference.Count - MostLines} more lines"));
    }

    private static string Said(ResultEntry result, int step) =>
        result.Exchanges.ElementAtOrDefault(step - 1) is { } exchange ? $"'{exchange.RequestLabel} -> {exchange.ResponseLabel}'" : "nothing";

    private static void ShowTrends(HistoryFile history, string id)
    {
        Console.WriteLine();
        foreach (var trend in history.Trends(id, last: HistoryRuns))
            Console.WriteLine($"{trend.PhoneId}: last green {Day(trend.History.LastPassedAt)}; {string.Join(", ", trend.History.Trend)}");
    }

    private static string LastGreen(HistoryFile? history, ResultEntry result)
    {
        if (result.Verdict is Verdict.Pass or Verdict.UnexpectedPass)
            return "in this run";
        var kept = history?.Trends(last: HistoryRuns).FirstOrDefault(trend => trend.CaseId == result.CaseId && trend.PhoneId == result.PhoneId)?.History ?? result.History;
        return kept is null ? "not known without a history (--history FILE)" : Day(kept.LastPassedAt);
    }

    private static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "in none of the runs of the history";
}
