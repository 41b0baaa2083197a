using System.CommandLine;
using OpenStage.Harness.Live;

namespace OpenStage.Lab;

/// <summary>What <c>lab run</c> was asked for; its command line stands here and nowhere else.</summary>
internal sealed record RunOptions
{
    /// <summary>The lab file; null for the default lab.</summary>
    public string? File { get; init; }

    /// <summary>Folder for the reports.</summary>
    public required string Output { get; init; }

    /// <summary>Selects cases; null for all.</summary>
    public string? Where { get; init; }

    /// <summary>Instead of the lab file's; null for that.</summary>
    public int? Seed { get; init; }

    public string? Baseline { get; init; }

    public string? History { get; init; }

    /// <summary>The run before, as a folder or report.json; null when there is nothing to compare with.</summary>
    public string? Previous { get; init; }

    /// <summary>How often a case that failed is tried again, 0 to 10.</summary>
    public int Retries { get; init; }

    /// <summary>Which results get files of their own: failed, all or none.</summary>
    public string Evidence { get; init; } = "failed";

    /// <summary>Shown the run as it goes on; null when nobody watches.</summary>
    public LiveRun? Live { get; init; }

    /// <summary>The verb <c>run</c>.</summary>
    public static Command Command()
    {
        var file = new Argument<FileInfo?>("file") { Arity = ArgumentArity.ZeroOrOne, Description = "Lab file. Without it: lab-config/emulator.json, the server and six emulated phones." };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the reports.", DefaultValueFactory = _ => new DirectoryInfo("lab-out") };
        var root = new Option<DirectoryInfo?>("--out-root") { Description = "Folder in which each run gets a folder of its own, named by its UTC time; instead of --out." };
        var keep = new Option<string?>("--keep") { Description = "How many runs stay in --out-root, such as 30, or those of how many days, such as 30d. Without it: all." };
        var where = new Option<string?>("--where") { Description = "Runs only some cases, in NUnit's filter language, e.g. \"section == 3.6.4\", \"case == wpi/3.6.4/1\", \"page == 46\"." };
        var seed = new Option<int?>("--seed") { Description = "Seed of the run instead of the lab file's." };
        var baseline = new Option<string?>("--baseline") { Description = "File of expected failures; lab-config/baseline.schema.json describes it." };
        var history = new Option<string?>("--history") { Description = "SQLite file that the run is added to; the report then has the trend of each case." };
        var previous = new Option<string?>("--previous") { Description = "Folder or report.json of the run before: the report then says what is new, mended, and still failing." };
        var retries = new Option<int>("--retries") { Description = "How often a case that failed is tried again, 0 to 10. One that then passes is flaky, which is no pass." };
        var evidence = new Option<string>("--evidence") { Description = "Results that get a transcript, a HAR and a capture of their own in the folder evidence: failed, all or none.", DefaultValueFactory = _ => "failed" };
        var run = new Command("run", "Runs the conformance suite against the phones of a lab file and writes report.html, report.md, junit.xml and report.json.")
        {
            file, output, root, keep, where, seed, baseline, history, previous, retries, evidence,
        };
        run.SetAction((parsed, cancellation) =>
        {
            var options = new RunOptions
            {
                File = parsed.GetValue(file)?.FullName,
                Output = parsed.GetValue(output)!.FullName,
                Where = parsed.GetValue(where),
                Seed = parsed.GetValue(seed),
                Baseline = parsed.GetValue(baseline),
                History = parsed.GetValue(history),
                Previous = parsed.GetValue(previous),
                Retries = parsed.GetValue(retries),
                Evidence = parsed.GetValue(evidence)!,
            };
            return DatedRun.RunAsync(
                parsed.GetValue(root)?.FullName, parsed.GetValue(keep), parsed.GetResult(output) is { Implicit: false }, options.Output, TimeProvider.System,
                folder => RunVerb.RunAsync(options with { Output = folder }, cancellation));
        });
        return run;
    }
}
