using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Load;
using OpenStage.Benchmarks.Processes;

namespace OpenStage.Benchmarks.Store;

/// <summary>One node against two on one PostgreSQL: processor time a session, which does not depend on how many processors there are.</summary>
internal static class NodesBench
{
    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchRun run)
    {
        if (run.Options.Postgres is not { } postgres)
        {
            run.Note("nodes needs --postgres and was left out.");
            return [];
        }

        var options = run.Options;
        using var folder = new TemporaryFolder();
        await using var store = await PostgresStore.CreateAsync(postgres);
        string[] place = ["--database", store.Connection, "--key-file", Path.Combine(folder.Path, "shared.key")];
        using var first = await Servers.ProvisioningAsync(run, Path.Combine(folder.Path, "first"), place);
        using var second = await Servers.ProvisioningAsync(run, Path.Combine(folder.Path, "second"), place);
        Servers.PinLoad(run);
        SessionLoad[] loads =
        [
            new SessionLoad(first, true, options.Connections, options.Seed, echoes: true),
            new SessionLoad(second, true, options.Connections, options.Seed, echoes: true, firstPhone: SessionLoad.Range),
        ];
        foreach (var load in loads)
        {
            await load.IntroduceAsync(run.Cancellation);
            await WarmUp.RunAsync(load, PhoneMix.Same, options.WarmUp, run.Cancellation);
        }

        List<LoadRound> alone = [];
        List<LoadRound> together = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            var limit = new LoadLimit(options.Round, options.Sessions);
            alone.Add(await loads[0].RunAsync(PhoneMix.Same, limit, run.Cancellation));
            together.Add(Sum(await Task.WhenAll(loads.Select(load => load.RunAsync(PhoneMix.Same, limit, run.Cancellation)))));
            run.Say($"  nodes {round + 1}: two {together[^1].ServerMilliseconds:0.000} ms ({together[^1].Rate:0}/s), one {alone[^1].ServerMilliseconds:0.000} ms ({alone[^1].Rate:0}/s)");
        }

        return [Of("cpu", "ms", Better.Lower, round => round.ServerMilliseconds), Of("rate", "/s", Better.Higher, round => round.Rate)];

        Figure Of(string what, string unit, Better better, Func<LoadRound, double> value) => Figure.OfRounds(
            $"nodes.two.{what}", unit, better, [.. together.Select(value)], "one node alone on the same store", [.. alone.Select(value)]);
    }

    /// <summary>Two loads side by side; the load's own processor time is of one process and counts once.</summary>
    private static LoadRound Sum(LoadRound[] rounds) => new(
        rounds.Sum(round => round.Sessions),
        rounds.Max(round => round.Elapsed),
        rounds[0].ServerCpu + rounds[1].ServerCpu,
        rounds[0].ServerSystemCpu + rounds[1].ServerSystemCpu,
        rounds.Max(round => round.LoadCpu),
        [.. rounds.SelectMany(round => round.Latencies).Order()]);
}
