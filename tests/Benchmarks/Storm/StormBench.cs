using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Processes;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;
using OpenStage.Simulator.Fleet;

namespace OpenStage.Benchmarks.Storm;

/// <summary>Phones that all start at the same moment, as after a power cut, and start once more, beside as many handshakes. Every process is new in every round.</summary>
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
        var (before, bare) = await ShakeHandsAsync(run);
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            var (storm, kind) = await StartUpAsync(run);
            if (kind != bare || !bare.IsWhole)
                throw new LoadException($"The handshakes of server and floor are not the same whole ones: {kind}, {bare}.");
            // A storm takes a minute, and the machine may be another after it: the handshakes before and after it are its floor.
            var (after, _) = await ShakeHandsAsync(run);
            var floor = before.MeanWith(after);
            before = after;
            storms.Add(storm);
            floors.Add(floor);
            run.Say($"  storm {round + 1}: first {Words(storm.First)} (handshakes alone {Words(floor.First)}); again {Words(storm.Again)} (handshakes alone {Words(floor.Again)}); server {storm.ServerMemory / Megabyte:0} MB, phones {storm.LoadMemory / Megabyte:0} MB");
        }

        return
        [
            .. Of("first", round => round.First),
            .. Of("again", round => round.Again),
            new Figure("storm.server-memory", "MB", Better.Lower, Spread.Of(storms.Select(round => round.ServerMemory / Megabyte))),
            new Figure("storm.phones-memory", "MB", Better.Lower, Spread.Of(storms.Select(round => round.LoadMemory / Megabyte))),
        ];

        IEnumerable<Figure> Of(string name, Func<StormRound, WaveCost> wave) => new (string What, Func<WaveCost, TimeSpan> Value)[]
        {
            ("time", cost => cost.Time), ("server-cpu", cost => cost.ServerCpu), ("phones-cpu", cost => cost.LoadCpu),
        }.Select(part => Figure.OfRounds(
            $"storm.{name}.{part.What}", "s", Better.Lower, [.. storms.Select(round => part.Value(wave(round)).TotalSeconds)],
            "as many whole handshakes with a bare Kestrel endpoint, and nothing else", [.. floors.Select(round => part.Value(wave(round)).TotalSeconds)]));
    }

    /// <summary>All phones of a fleet start, and the service has never seen any of them; then all lose their power and start again.</summary>
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
                ["fleet", "--file", WriteFleet(run, folder.Path), "--server", server.Url.AbsoluteUri, "--once", "--control-port", "off", "--out", file]);
            var (phones, trace) = await TraceAsync(run, server, start);
            if (!File.Exists(file))
                throw Failed("The simulator", phones);
            var result = StormResult.Read(file, run.Options.Phones);
            trace.Add(TimeProvider.System.GetUtcNow(), server.Cpu, result.ProcessorTime);
            round = new StormRound(trace.CostOf(result.First), trace.CostOf(result.Again), server.PeakMemory, phones.PeakMemory);
            kind = await HandshakeClient.LookAsync(server.Url, run.Cancellation);
        }

        // Whoever was answered is on the disk: the server was not given the time to tidy up.
        using var database = Database.OpenExisting(data);
        var known = database.Read(session => session.CountDevices(new DeviceFilter()));
        return known == run.Options.Phones ? (round, kind) : throw new LoadException(FormattableString.Invariant($"The store has {known} of {run.Options.Phones} phones, though all were served."));
    }

    /// <summary>Phones of all models in equal parts, switched on as fast as a fleet can be, and back at the same moment.</summary>
    private static string WriteFleet(BenchRun run, string folder)
    {
        var file = Path.Combine(folder, "fleet.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            count = run.Options.Phones,
            seed = run.Options.Seed,
            models = FleetPlan.AllModels.Select(model => new { model = model.Model }),
            arrival = new { kind = "blackout", phonesPerSecond = 10_000, offSeconds = 5, jitterSeconds = 0 },
        }));
        return file;
    }

    private static async Task<(StormRound Round, HandshakeKind Kind)> ShakeHandsAsync(BenchRun run)
    {
        using var server = await Servers.SharedBareAsync(run);
        var start = DotNetHost.Start(Servers.Own, Simulator, [HandshakeClient.Verb, server.Url.AbsoluteUri, Text(run.Options.Phones), Text(AtOnce)]);
        var (client, trace) = await TraceAsync(run, server, start);
        if (client.ExitCode != 0)
            throw Failed("What makes the handshakes", client);
        var result = JsonSerializer.Deserialize<HandshakeResult>(client.Output)!;
        trace.Add(TimeProvider.System.GetUtcNow(), server.Cpu, result.ProcessorTime);
        return (new StormRound(trace.CostOf(result.First), trace.CostOf(result.Again), server.PeakMemory, client.PeakMemory), result.Kind);
    }

    private static async Task<(EndedProcess Ended, ProcessorTrace Trace)> TraceAsync(BenchRun run, ServedProcess server, ProcessStartInfo start)
    {
        var trace = new ProcessorTrace();
        Look(TimeSpan.Zero);
        return (await EndedProcess.RunAsync(start, run.Cancellation, Look), trace);

        void Look(TimeSpan load) => trace.Add(TimeProvider.System.GetUtcNow(), server.Cpu, load);
    }

    private static string Words(WaveCost cost) =>
        FormattableString.Invariant($"{cost.Time.TotalSeconds:0.0} s, processor time {cost.ServerCpu.TotalSeconds:0.0} + {cost.LoadCpu.TotalSeconds:0.0} s");

    private static InvalidOperationException Failed(string who, EndedProcess process) =>
        new(FormattableString.Invariant($"{who} ended with exit code {process.ExitCode}: {process.Errors.Trim()}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
