using System.CommandLine;
using OpenStage.Conformance;
using OpenStage.Harness.SelfTest;
using Spectre.Console;

namespace OpenStage.Lab;

/// <summary><c>lab selftest</c>: whether each case can fail, and whether each quirk of a phone is seen.</summary>
internal static class SelfTestVerb
{
    public static Command Command()
    {
        var html = new Option<string?>("--html") { Description = "Writes the kill matrix as a page." };
        var json = new Option<string?>("--json") { Description = "Writes the kill matrix as JSON." };
        var where = new Option<string?>("--where") { Description = "Looks at some cases only, in the language of 'run --where', and at the quirks that they name." };
        var seed = new Option<int>("--seed") { Description = "Seed of the run.", DefaultValueFactory = _ => 1 };
        var verb = new Command("selftest", "Tests the suite itself: each case on an emulated phone without a quirk, where it must pass, and on one with each quirk that it names, where it must fail; the cases of the server suite on the provisioning service, and on it with each fault that they name. "
            + "Exit code 1 unless every case is killed and every quirk and fault is caught.\n\nExample: lab selftest --html kill-matrix.html") { html, json, where, seed };
        verb.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(html), parsed.GetValue(json), parsed.GetValue(where), parsed.GetValue(seed), cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(string? html, string? json, string? where, int seed, CancellationToken cancellation)
    {
        try
        {
            var filter = CaseFilter.Parse(where);
            if (!CaseSuite.All.Concat(CaseSuite.Services).Any(info => filter.Matches(info, "")))
                throw new FormatException($"--where '{where}' selects no case; allowed is what does, see 'lab run --help'.");
            var done = 0;
            var matrix = await Task.Run(
                () => SelfTest.Run(
                    info => filter.Matches(info, ""), seed,
                    (total, _, _) =>
                    {
                        if (++done % 100 == 0)
                            AnsiConsole.MarkupLineInterpolated($"[grey]{done} of {total}[/]");
                    },
                    cancellation),
                CancellationToken.None);
            if (html is not null)
                await OutputFile.WriteAsync("--html", html, KillMatrixWriter.Html(matrix), CancellationToken.None);
            if (json is not null)
                await OutputFile.WriteAsync("--json", json, KillMatrixWriter.Json(matrix), CancellationToken.None);
            Console.Write(KillMatrixWriter.Text(matrix));
            return matrix.LabErrors.Count > 0 ? LabCommand.LabError : matrix.IsWhole ? LabCommand.Good : LabCommand.ConformanceFailures;
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return LabCommand.UsageError;
        }
    }
}
