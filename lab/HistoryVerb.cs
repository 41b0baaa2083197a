using System.CommandLine;
using System.Globalization;
using OpenStage.Harness.History;
using OpenStage.Harness.Reports;

namespace OpenStage.Lab;

/// <summary><c>lab history</c>: the runs of a history file, and how cases went in them.</summary>
internal static class HistoryVerb
{
    private const int MostRuns = 1000;

    public static Command Command()
    {
        var file = new Argument<string>("file") { Description = "A file of 'lab run --history'." };
        var id = new Option<string?>("--case") { Description = "Only this case." };
        var phone = new Option<string?>("--phone") { Description = "Only this phone." };
        var last = new Option<int>("--last") { Description = "Number of runs to look back, 1 to 1000.", DefaultValueFactory = _ => HistoryFile.DefaultLast };
        var verb = new Command("history", "Shows the last runs, and for each case and phone the trend and the flake score (0 steady, 1 other each time). "
            + "Without --case and --phone only cases that are not steadily good.\n\nExample: lab history lab.db --phone os40") { file, id, phone, last };
        verb.SetAction(parsed => Show(parsed.GetValue(file)!, parsed.GetValue(id), parsed.GetValue(phone), parsed.GetValue(last)));
        return verb;
    }

    private static int Show(string file, string? caseId, string? phone, int last)
    {
        try
        {
            if (last is < 1 or > MostRuns)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"--last '{last}' is not allowed; allowed is a whole number from 1 to {MostRuns}."));
            using var history = HistoryFile.Open(file, create: false);
            var trends = history.Trends(caseId, phone, last);
            foreach (var run in history.Runs(last))
                Console.WriteLine(Line(run));
            var shown = trends.Where(trend => caseId is not null || phone is not null || !IsSteady(trend.History)).ToList();
            foreach (var trend in shown)
                Console.WriteLine(Line(trend));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{trends.Count} cases on phones, {trends.Count(trend => trend.History.FlakeScore > 0)} of them flaky; {shown.Count} shown"));
            return LabCommand.Good;
        }
        catch (FormatException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return LabCommand.UsageError;
        }
    }

    private static bool IsSteady(CaseHistory history) =>
        history.FlakeScore == 0 && history.Trend[^1] is Verdict.Pass or Verdict.NotApplicable or Verdict.Skipped;

    private static string Line(PastRun run) => string.Create(CultureInfo.InvariantCulture,
        $"{run.StartedAt:yyyy-MM-dd HH:mm:ss} run {run.RunId} seed {run.Seed} version {run.ToolVersion}: {run.Good} good, {run.Bad} failed, {run.LabErrors} lab errors{(run.Complete ? "" : ", interrupted")} ({run.LabFile})");

    private static string Line(CaseTrend trend) => string.Create(CultureInfo.InvariantCulture,
        $"{trend.PhoneId} {trend.CaseId} ({trend.Firmware}) flake {trend.History.FlakeScore:0.00}: {string.Join(", ", trend.History.Trend)}; last passed {(trend.History.LastPassedAt is { } at ? at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "in none of these")}");
}
