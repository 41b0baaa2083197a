using System.CommandLine;
using System.Globalization;

namespace OpenStage.Lab;

/// <summary>The command line of the lab.</summary>
public static class LabCommand
{
    /// <summary>Everything as it should be.</summary>
    public const int Good = 0;

    /// <summary>A phone failed a case.</summary>
    public const int ConformanceFailures = 1;

    /// <summary>The command line or a file cannot be used.</summary>
    public const int UsageError = 2;

    /// <summary>The lab itself failed.</summary>
    public const int LabError = 3;

    /// <returns>One of the exit codes above.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var file = new Argument<FileInfo?>("file") { Arity = ArgumentArity.ZeroOrOne, Description = "Lab file. Without it: lab-config/emulator.json, the server and three emulated phones." };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the reports.", DefaultValueFactory = _ => new DirectoryInfo("lab-out") };
        var where = new Option<string?>("--where") { Description = "Runs only some cases, in NUnit's filter language, e.g. \"section == 3.6.4\", \"case == wpi/3.6.4/1\", \"page == 46\"." };
        var seed = new Option<int?>("--seed") { Description = "Seed of the run instead of the lab file's." };
        var run = new Command("run", "Runs the conformance suite against the phones of a lab file and writes report.html, junit.xml and report.json.")
        {
            file, output, where, seed,
        };
        run.SetAction((parsed, cancellation) => RunVerb.RunAsync(
            parsed.GetValue(file)?.FullName, parsed.GetValue(output)!.FullName, parsed.GetValue(where), parsed.GetValue(seed), cancellation));

        var root = new RootCommand("Conformance lab for OpenStage phones. Without a verb it does 'run'.\n\nExample: lab run lab-config/emulator.json --out nightly --where \"section == 3.6.4\"") { run, RecordVerb.Command(), FidelityVerb.Command(), RulesVerb.Command() };
        var parsed = root.Parse(args.Length == 0 ? ["run"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message.ToString(CultureInfo.InvariantCulture));
            await Console.Error.WriteLineAsync("'lab --help' shows what is allowed.");
            return UsageError;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception broken)
        {
            // Our own bug must not look like a phone that failed.
            await Console.Error.WriteLineAsync($"The lab broke: {broken}");
            return LabError;
        }
    }
}
