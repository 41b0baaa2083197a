using System.CommandLine;
using OpenStage.Harness.Comparison;

namespace OpenStage.Lab;

/// <summary><c>lab compare</c>: what is different between two runs, or between two phones.</summary>
internal static class CompareVerb
{
    public static Command Command()
    {
        var before = new Argument<string>("before") { Description = "report.json or the folder of a run; with #PHONE behind it only this phone." };
        var after = new Argument<string>("after") { Description = "The run to compare it with, in the same form." };
        var html = new Option<string?>("--html") { Description = "Writes the comparison as a page." };
        var json = new Option<string?>("--json") { Description = "Writes the comparison as JSON." };
        var verb = new Command("compare", "Says what changed from one run to another: verdicts, items, message order, timing. Exit code 1 when a verdict got worse.\n\n"
            + "Example: lab compare monday tuesday\nTwo firmware versions in one run: lab compare nightly#os40-v2 nightly#os40-v3") { before, after, html, json };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(before)!, parsed.GetValue(after)!, parsed.GetValue(html), parsed.GetValue(json), cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string before, string after, string? html, string? json, CancellationToken cancellation)
    {
        try
        {
            var comparison = RunComparison.Of(RunSide.Read(before), RunSide.Read(after));
            if (html is not null)
                await OutputFile.WriteAsync("--html", html, ComparisonWriter.Html(comparison), cancellation);
            if (json is not null)
                await OutputFile.WriteAsync("--json", json, ComparisonWriter.Json(comparison), cancellation);
            Console.Write(ComparisonWriter.Text(comparison));
            return comparison.Regressions > 0 ? LabCommand.ConformanceFailures : LabCommand.Good;
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return LabCommand.UsageError;
        }
    }
}
