using System.Globalization;
using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Processes;
using OpenStage.Server.Storage;

namespace OpenStage.Benchmarks.Store;

/// <summary>Whether sessions cost the same with a store of years as with a small one.</summary>
internal static class FlatBench
{
    private const int SmallDevices = 1000;
    private const int LargeDevices = 100_000;
    private const int JobsEach = 10;
    private const string Floor = "the same with 1,000 phones and 10,000 finished jobs";

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchRun run)
    {
        using var temporary = new TemporaryFolder();
        var root = run.Options.Keep ?? temporary.Path;
        var (smallFolder, largeFolder) = (Filled(run, root, SmallDevices), Filled(run, root, LargeDevices));
        var figures = await MeasureAsync(run, "flat.sqlite", [smallFolder], [largeFolder]);
        if (run.Options.Postgres is not { } postgres)
            return figures;
        await using var small = await PostgresStore.CreateAsync(postgres);
        await using var large = await PostgresStore.CreateAsync(postgres);
        string[] smallPlace = [Path.Combine(temporary.Path, "small"), "--database", small.Connection];
        string[] largePlace = [Path.Combine(temporary.Path, "large"), "--database", large.Connection];
        Fill(run, smallPlace[0], small.Connection, SmallDevices);
        Fill(run, largePlace[0], large.Connection, LargeDevices);
        return [.. figures, .. await MeasureAsync(run, "flat.postgres", smallPlace, largePlace)];
    }

    /// <param name="smallPlace">Data folder, and what else tells the server its store.</param>
    private static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchRun run, string name, string[] smallPlace, string[] largePlace)
    {
        using var small = await Servers.ProvisioningAsync(run, smallPlace[0], smallPlace[1..]);
        using var large = await Servers.ProvisioningAsync(run, largePlace[0], largePlace[1..]);
        Servers.PinLoad(run);
        var options = run.Options;
        SessionLoad[] loads = [.. new[] { small, large }.Select(server => new SessionLoad(server, true, options.Connections, options.Seed, echoes: true))];
        foreach (var load in loads)
        {
            await load.IntroduceAsync(run.Cancellation);
            await WarmUp.RunAsync(load, options.WarmUp, run.Cancellation);
        }

        List<LoadRound>[] rounds = [[], []];
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var which = 0; which < loads.Length; which++)
                rounds[which].Add(await loads[which].RunAsync(PhoneMix.Same, new LoadLimit(options.Round, options.Sessions), run.Cancellation));
            run.Say($"  {name} {round + 1}: {rounds[1][^1].ServerMilliseconds:0.000} ms ({rounds[1][^1].Rate:0}/s), small {rounds[0][^1].ServerMilliseconds:0.000} ms ({rounds[0][^1].Rate:0}/s)");
        }

        return
        [
            Of("cpu", "ms", Better.Lower, round => round.ServerMilliseconds),
            Of("rate", "/s", Better.Higher, round => round.Rate),
            Of("p50", "ms", Better.Lower, round => round.Latency(0.5).TotalMilliseconds),
            Of("p99", "ms", Better.Lower, round => round.Latency(0.99).TotalMilliseconds),
        ];

        Figure Of(string what, string unit, Better better, Func<LoadRound, double> value) => new($"{name}.{what}", unit, better, Spread.Of(rounds[1].Select(value)))
        {
            FloorName = Floor,
            Floor = Spread.Of(rounds[0].Select(value)),
        };
    }

    /// <summary>The folder of a store with so many phones; one that is there already is taken as it is.</summary>
    private static string Filled(BenchRun run, string root, int devices)
    {
        var folder = Path.Combine(root, string.Create(CultureInfo.InvariantCulture, $"filled-{devices}"));
        var finished = Path.Combine(folder, "filled");
        if (File.Exists(finished))
            return folder;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Fill(run, folder, null, devices);
        File.WriteAllText(finished, "");
        return folder;
    }

    private static void Fill(BenchRun run, string folder, string? connection, int devices)
    {
        run.Say($"  filling a store with {devices} phones and {devices * JobsEach} finished jobs");
        using var database = Database.Open(folder, connection);
        StoreFiller.Fill(database, devices, devices * JobsEach, run.Options.Seed, run.Cancellation);
    }
}
