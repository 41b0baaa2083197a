using System.Diagnostics;
using System.Globalization;
using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Processes;

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
        if (run.Options.Postgres is not { } postgres)
            return await MeasureAsync(run, "flat.sqlite", [smallFolder], [largeFolder]);
        await using var small = await PostgresStore.CreateAsync(postgres);
        await using var large = await PostgresStore.CreateAsync(postgres);
        // All is filled before anything is measured: then this process is kept to one processor, and stores have changed.
        var smallPlace = Copied(run, smallFolder, Path.Combine(temporary.Path, "small"), small.Connection, SmallDevices);
        var largePlace = Copied(run, largeFolder, Path.Combine(temporary.Path, "large"), large.Connection, LargeDevices);
        return
        [
            .. await MeasureAsync(run, "flat.sqlite", [smallFolder], [largeFolder]),
            .. await MeasureAsync(run, "flat.postgres", smallPlace, largePlace),
        ];
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
            await WarmUp.RunAsync(load, PhoneMix.Same, options.WarmUp, run.Cancellation);
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

        Figure Of(string what, string unit, Better better, Func<LoadRound, double> value) =>
            Figure.OfRounds($"{name}.{what}", unit, better, [.. rounds[1].Select(value)], Floor, [.. rounds[0].Select(value)]);
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
        var jobs = devices * JobsEach;
        run.Say($"  filling a store with {devices} phones and {jobs} finished jobs");
        var begun = Stopwatch.GetTimestamp();
        StoreFiller.Fill(folder, devices, jobs, run.Options.Seed, run.Cancellation);
        StoreFiller.Check(folder, null, devices, jobs);
        File.WriteAllText(finished, "");
        run.Say($"  filled in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
        return folder;
    }

    /// <summary>A copy of a filled store on PostgreSQL: the data folder of a server on it, and what else tells it its store.</summary>
    private static string[] Copied(BenchRun run, string filled, string folder, string connection, int devices)
    {
        run.Say($"  copying the store with {devices} phones to PostgreSQL");
        var begun = Stopwatch.GetTimestamp();
        StoreCopy.ToPostgres(filled, folder, connection, run.Cancellation);
        StoreFiller.Check(folder, connection, devices, devices * JobsEach);
        run.Say($"  copied in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s");
        return [folder, "--database", connection];
    }
}
