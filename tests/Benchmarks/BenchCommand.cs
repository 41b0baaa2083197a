using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Gate;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Processes;

namespace OpenStage.Benchmarks;

/// <summary>The command that takes figures of whole processes.</summary>
internal static class BenchCommand
{
    private const int Good = 0;
    private const int Worse = 1;
    private const int UsageError = 2;
    private const int LabError = 3;

    /// <summary>A machine with more waiting than this for each processor is at other work.</summary>
    private const double BusyLoad = 0.5;

    private static readonly string MixNames = string.Join(", ", Enum.GetNames<PhoneMix>()).ToLowerInvariant();

    private static readonly Argument<string[]> Names = new("names") { Description = "Groups to take, all without: " + string.Join(", ", Benches.All.Select(bench => bench.Name)) };
    private static readonly Option<double> Seconds = Number("--seconds", "Length of a round", 3, 0.1, 600);
    private static readonly Option<double> WarmUp = Number("--warm-up", "Seconds before the first round", 8, 0, 600);
    private static readonly Option<int?> Sessions = Whole("--sessions", "Most sessions a round; without it the time alone ends it", null, 1, 10_000_000);
    private static readonly Option<int?> Rounds = Whole("--rounds", "Rounds of each figure", 5, 1, 100);
    private static readonly Option<int?> Connections = Whole("--connections", "Sessions at a time", 8, 1, 1000);
    private static readonly Option<string?> Mix = new("--mix") { Description = $"The only phones that sessions are of: {MixNames}; all in turn without it" };
    private static readonly Option<int?> Phones = Whole("--phones", "Phones of a storm", 10_000, 1, 100_000);
    private static readonly Option<int?> Seed = Whole("--seed", "Seed of what is made up", 1, 0, int.MaxValue);
    private static readonly Option<int?> Allowed = Whole("--allowed", "With --compare: percent that a figure may be worse", 25, 0, 1000);
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "JSON file for the figures" };
    private static readonly Option<FileInfo?> Compare = new("--compare") { Description = "JSON file of an earlier run: exit code 1 when a figure is worse by more than --allowed" };
    private static readonly Option<FileInfo?> Server = new("--server") { Description = "OpenStage.Server.dll to measure; the one beside this program by default" };
    private static readonly Option<FileInfo?> Beside = new("--beside") { Description = "OpenStage.Server.dll of another version, measured in turn with it as floor of sessions" };
    private static readonly Option<string?> Postgres = new("--postgres") { Description = "Connection string of a PostgreSQL server to measure with, too, as somebody who may create databases; each group has one of its own there, which is dropped" };
    private static readonly Option<DirectoryInfo?> Keep = new("--keep") { Description = "Folder where filled stores stay for the next run" };

    static BenchCommand()
    {
        // Found now, and not when all has been measured.
        Out.Validators.Add(given => Check(given, "--out", given.GetValueOrDefault<FileInfo?>() is not { Directory.Exists: false }, "a file in a folder that is there"));
        Server.Validators.Add(given => Check(given, "--server", given.GetValueOrDefault<FileInfo?>() is not { Exists: false }, "a file that is there"));
        Beside.Validators.Add(given => Check(given, "--beside", given.GetValueOrDefault<FileInfo?>() is not { Exists: false }, "a file that is there"));
        Mix.Validators.Add(given => Check(given, "--mix", given.GetValueOrDefault<string?>() is not { } mix || MixNames.Split(", ").Contains(mix), MixNames));
        Postgres.Validators.Add(given =>
        {
            // The value is not shown: it has a password.
            if (!IsConnection(given.GetValueOrDefault<string?>()))
                given.AddError("--postgres is no connection string; allowed: such as Host=127.0.0.1;Username=bench;Database=postgres.");
        });
    }

    public static Command Verb()
    {
        var verb = new Command("bench", "Takes figures of whole processes, each beside its floor.\n\nExample: bench session-kept session-new --out now.json --compare before.json")
        {
            Names, Seconds, WarmUp, Sessions, Rounds, Connections, Mix, Phones, Seed, Allowed, Out, Compare, Server, Beside, Postgres, Keep, GateCommand.Verb(),
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var options = OptionsOf(arguments);
        if (options.Names.FirstOrDefault(name => Benches.All.All(bench => bench.Name != name)) is { } unknown)
            return await RefuseAsync($"{unknown} is no group of figures; allowed: {string.Join(", ", Benches.All.Select(bench => bench.Name))}.", UsageError);
        IReadOnlyList<Figure>? before;
        try
        {
            before = arguments.GetValue(Compare) is { } earlier ? BenchFile.ReadFigures(earlier.FullName) : null;
        }
        catch (InvalidDataException wrong)
        {
            return await RefuseAsync(wrong.Message, UsageError);
        }

        var run = new BenchRun(options, Console.Out, cancellation);
        var machine = MachineFacts.Read();
        BenchTable.PrintHead(run, machine);
        if (machine.LoadAverage > BusyLoad * machine.Cores)
            run.Note(string.Create(CultureInfo.InvariantCulture, $"The machine was at other work: load average {machine.LoadAverage}."));
        var figures = new List<Figure>();
        try
        {
            foreach (var bench in Benches.All.Where(bench => options.Names.Count == 0 || options.Names.Contains(bench.Name)))
            {
                run.Say($"{bench.Name}: {bench.Meaning}");
                figures.AddRange(await bench.Run(run));
                Pinning.Release();
            }
        }
        catch (Exception failed) when (failed is LoadException or InvalidOperationException or IOException or SocketException or AuthenticationException or DbException)
        {
            return await RefuseAsync(failed.Message, LabError);
        }

        BenchTable.Print(run, figures);
        if (arguments.GetValue(Out) is { } file)
        {
            new BenchFile { Taken = TimeProvider.System.GetUtcNow(), Seed = options.Seed, Machine = machine, Notes = run.Notes, Figures = figures }.Save(file.FullName);
            run.Say($"Written to {file.FullName}");
        }

        return before is null ? Good : Judge(run, Comparison.Of(before, figures), arguments.GetValue(Allowed)!.Value / 100.0);
    }

    private static int Judge(BenchRun run, IReadOnlyList<Comparison> comparisons, double share)
    {
        BenchTable.Print(run, comparisons, share);
        return comparisons.Any(comparison => comparison.IsWorse(share)) ? Worse : Good;
    }

    private static BenchOptions OptionsOf(ParseResult arguments)
    {
        var options = new BenchOptions
        {
            Names = arguments.GetValue(Names) ?? [],
            Round = TimeSpan.FromSeconds(arguments.GetValue(Seconds)),
            WarmUp = TimeSpan.FromSeconds(arguments.GetValue(WarmUp)),
            Sessions = arguments.GetValue(Sessions),
            Rounds = arguments.GetValue(Rounds)!.Value,
            Connections = arguments.GetValue(Connections)!.Value,
            Mix = arguments.GetValue(Mix) is { } mix ? Enum.Parse<PhoneMix>(mix, ignoreCase: true) : null,
            Phones = arguments.GetValue(Phones)!.Value,
            Seed = arguments.GetValue(Seed)!.Value,
            Beside = arguments.GetValue(Beside)?.FullName,
            Postgres = arguments.GetValue(Postgres),
            Keep = arguments.GetValue(Keep)?.FullName,
        };
        return arguments.GetValue(Server) is { } server ? options with { Server = server.FullName } : options;
    }

    private static async Task<int> RefuseAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync($"error: {message}");
        return code;
    }

    private static bool IsConnection(string? text)
    {
        try
        {
            return text is null || new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Check(OptionResult given, string name, bool isGood, string allowed)
    {
        if (!isGood)
            given.AddError($"{name} is {given.Tokens[0].Value}; allowed: {allowed}.");
    }

    private static Option<double> Number(string name, string meaning, double normal, double least, double most)
    {
        var option = new Option<double>(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{meaning}, {least} to {most}"), DefaultValueFactory = _ => normal };
        option.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<double>() is var value && !(value >= least && value <= most))
                given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed: {least} to {most}."));
        });
        return option;
    }

    private static Option<int?> Whole(string name, string meaning, int? normal, int least, int most)
    {
        var option = new Option<int?>(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{meaning}, {least} to {most}"), DefaultValueFactory = _ => normal };
        option.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is { } value && (value < least || value > most))
                given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed: {least} to {most}."));
        });
        return option;
    }
}
