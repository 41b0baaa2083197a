using System.Globalization;
using System.Text.Json;
using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Processes;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Benchmarks.Storm;

/// <summary>Phones that all start at the same moment, as after a power cut, beside as many handshakes. Every process is new in every round.</summary>
internal static class StormBench
{
    private const double Megabyte = 1024 * 1024;
    private const string Simulator = "OpenStage.Simulator";

    /// <summary>Handshakes at a time: from 8 to 128 they take as long, within what that varies.</summary>
    private const int AtOnce = 16;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchRun run)
    {
        List<StormRound> storms = [];
        List<StormRound> floors = [];
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            var (floor, bare) = await ShakeHandsAsync(run);
            var (storm, kind) = await StartUpAsync(run);
            if (kind != bare || !bare.IsWhole)
                throw new LoadException($"The handshakes of server and floor are not the same whole ones: {kind}, {bare}.");
            storms.Add(storm);
            floors.Add(floor);
            run.Say($"  storm {round + 1}: {storm.Time.TotalSeconds:0.0} s, server {storm.ServerCpu.TotalSeconds:0.0} s of processor time and {storm.ServerMemory / Megabyte:0} MB, phones {storm.LoadCpu.TotalSeconds:0.0} s and {storm.LoadMemory / Megabyte:0} MB; handshakes alone {floor.Time.TotalSeconds:0.0} s ({floor.ServerCpu.TotalSeconds:0.0} s and {floor.LoadCpu.TotalSeconds:0.0} s)");
        }

        return
        [
            Of("time", round => round.Time.TotalSeconds),
            Of("server-cpu", round => round.ServerCpu.TotalSeconds),
            Of("phones-cpu", round => round.LoadCpu.TotalSeconds),
            new Figure("storm.server-memory", "MB", Better.Lower, Spread.Of(storms.Select(round => round.ServerMemory / Megabyte))),
            new Figure("storm.phones-memory", "MB", Better.Lower, Spread.Of(storms.Select(round => round.LoadMemory / Megabyte))),
        ];

        Figure Of(string what, Func<StormRound, double> value) => new($"storm.{what}", "s", Better.Lower, Spread.Of(storms.Select(value)))
        {
            FloorName = "as many whole handshakes with a bare Kestrel endpoint, and nothing else",
            Floor = Spread.Of(floors.Select(value)),
        };
    }

    /// <summary>All phones of a fleet start, and the service has never seen any of them.</summary>
    private static async Task<(StormRound Round, HandshakeKind Kind)> StartUpAsync(BenchRun run)
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        var file = Path.Combine(folder.Path, "result.json");
        StormRound round;
        HandshakeKind kind;
        using (var server = await Servers.SharedAsync(run, data))
        {
            var start = DotNetHost.Start(
                Path.Combine(AppContext.BaseDirectory, Simulator + ".dll"), null,
                ["fleet", "--server", server.Url.AbsoluteUri, "--count", Text(run.Options.Phones), "--seed", Text(run.Options.Seed), "--once", "--control-port", "off", "--out", file]);
            var phones = await EndedProcess.RunAsync(start, run.Cancellation);
            if (!File.Exists(file))
                throw Failed("The simulator", phones);
            var result = StormResult.Read(file, run.Options.Phones);
            round = new StormRound(result.Time, server.Cpu, result.Cpu, server.PeakMemory, phones.PeakMemory);
            kind = await HandshakeClient.LookAsync(server.Url, run.Cancellation);
        }

        // Whoever was answered is on the disk: the server was not given the time to tidy up.
        using var database = Database.OpenExisting(data);
        var known = database.Read(session => session.CountDevices(new DeviceFilter()));
        return known == run.Options.Phones ? (round, kind) : throw new LoadException(FormattableString.Invariant($"The store has {known} of {run.Options.Phones} phones, though all were served."));
    }

    private static async Task<(StormRound Round, HandshakeKind Kind)> ShakeHandsAsync(BenchRun run)
    {
        using var server = await Servers.SharedBareAsync(run);
        var start = DotNetHost.Start(Servers.Own, Simulator, [HandshakeClient.Verb, server.Url.AbsoluteUri, Text(run.Options.Phones), Text(AtOnce)]);
        var client = await EndedProcess.RunAsync(start, run.Cancellation);
        if (client.ExitCode != 0)
            throw Failed("What makes the handshakes", client);
        var result = JsonSerializer.Deserialize<HandshakeResult>(client.Output)!;
        return (new StormRound(TimeSpan.FromSeconds(result.Seconds), server.Cpu, TimeSpan.FromSeconds(result.ProcessorSeconds), server.PeakMemory, client.PeakMemory), result.Kind);
    }

    private static InvalidOperationException Failed(string who, EndedProcess process) =>
        new(FormattableString.Invariant($"{who} ended with exit code {process.ExitCode}: {process.Errors.Trim()}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
