using System.CommandLine;
using System.Globalization;
using Spectre.Console;

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
        var root = new RootCommand("Conformance lab for OpenStage phones. Without a verb it does 'run'.\n\nExample: lab run lab-config/emulator.json --out nightly --where \"section == 3.6.4\"")
        {
            RunOptions.Command(),
            RecordVerb.Command(),
            FidelityVerb.Command(),
            RulesVerb.Command(),
            CompareVerb.Command(),
            HistoryVerb.Command(),
            ReportVerb.Command(),
            DoctorVerb.Command(),
            DiscoverVerb.Command(),
            ReproVerb.Command(),
            ShrinkVerb.Command(),
            ExplainVerb.Command(),
            SelfTestVerb.Command(),
            ServeVerb.Command(),
        };
        var parsed = root.Parse(args.Length == 0 ? ["run"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message.ToString(CultureInfo.InvariantCulture));
            await Console.Error.WriteLineAsync("'lab --help' shows what is allowed.");
            return UsageError;
        }

        // One console a command: the one of the process would stay with the output that its first command had.
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings());
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // After Ctrl-C phones are set back, which takes its time.
                ProcessTerminationTimeout = TimeSpan.FromMinutes(10),
            });
        }
        catch (Exception broken)
        {
            // Our own bug must not look like a phone that failed.
            await Console.Error.WriteLineAsync($"The lab broke: {broken}");
            return LabError;
        }
    }
}
