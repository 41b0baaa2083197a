using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Processes;

namespace OpenStage.Benchmarks.Load;

/// <summary>Start-up sessions against the provisioning server, and against a bare endpoint with the same bytes.</summary>
internal static class SessionBench
{
    private const string Bare = "bare Kestrel endpoint, same bytes and TLS, no logic";

    public static Task<IReadOnlyList<Figure>> OnNewConnectionsAsync(BenchRun run) => RunAsync(run, "session-new", isKept: false);

    public static Task<IReadOnlyList<Figure>> OnKeptConnectionsAsync(BenchRun run) => RunAsync(run, "session-kept", isKept: true);

    private static async Task<IReadOnlyList<Figure>> RunAsync(BenchRun run, string name, bool isKept)
    {
        using var folder = new TemporaryFolder();
        using var server = await Servers.ProvisioningAsync(run, folder.Path);
        var beside = run.Options.Beside;
        using var besideFolder = new TemporaryFolder();
        using var other = beside is null ? await Servers.BareAsync(run) : await Servers.BesideAsync(run, beside, besideFolder.Path);
        Servers.PinLoad(run);
        var options = run.Options;
        var load = new SessionLoad(server, isKept, options.Connections, options.Seed, echoes: true);
        var floor = new SessionLoad(other, isKept, options.Connections, options.Seed, echoes: beside is not null);
        await load.IntroduceAsync(run.Cancellation);
        if (beside is not null)
            await floor.IntroduceAsync(run.Cancellation);
        var mixes = options.Mix is { } one ? [one] : Enum.GetValues<PhoneMix>();
        // What each mix is served with has to be compiled: else the first rounds of one would pay for that of the others.
        foreach (var mix in mixes)
            await WarmUp.RunAsync(load, mix, options.WarmUp, run.Cancellation);
        foreach (var mix in beside is null ? mixes[..1] : mixes)
            await WarmUp.RunAsync(floor, mix, options.WarmUp, run.Cancellation);

        var limit = new LoadLimit(options.Round, options.Sessions);
        var rounds = mixes.ToDictionary(mix => mix, _ => new List<LoadRound>());
        var floors = mixes.ToDictionary(mix => mix, _ => new List<LoadRound>());
        for (var round = 0; round < options.Rounds; round++)
        {
            // All in turn, so that a machine that slows down slows all of them, and a server that warms up serves none better.
            foreach (var mix in mixes)
            {
                floors[mix].Add(await floor.RunAsync(mix, limit, run.Cancellation));
                rounds[mix].Add(await load.RunAsync(mix, limit, run.Cancellation));
                Tell(run, $"{name}.{Word(mix)} {round + 1}", rounds[mix][^1], floors[mix][^1]);
            }
        }

        return [.. mixes.SelectMany(mix => Figures($"{name}.{Word(mix)}", beside ?? Bare, rounds[mix], floors[mix]))];
    }

    private static void Tell(BenchRun run, string what, LoadRound round, LoadRound floor) => run.Say(
        $"  {what}: {round.ServerMilliseconds:0.000} ms ({round.ServerSystemMilliseconds:0.000} of it the system's, {round.Rate:0}/s, load {round.LoadMilliseconds:0.000} ms), floor {floor.ServerMilliseconds:0.000} ms ({floor.Rate:0}/s)");

    private static IEnumerable<Figure> Figures(string name, string floor, List<LoadRound> rounds, List<LoadRound> floors)
    {
        yield return Of("cpu", "ms", Better.Lower, round => round.ServerMilliseconds);
        yield return Of("system-cpu", "ms", Better.Lower, round => round.ServerSystemMilliseconds);
        yield return Of("rate", "/s", Better.Higher, round => round.Rate);
        yield return Of("p50", "ms", Better.Lower, round => round.Latency(0.5).TotalMilliseconds);
        yield return Of("p99", "ms", Better.Lower, round => round.Latency(0.99).TotalMilliseconds);

        Figure Of(string what, string unit, Better better, Func<LoadRound, double> value) =>
            Figure.OfRounds($"{name}.{what}", unit, better, [.. rounds.Select(value)], floor, [.. floors.Select(value)]);
    }

    private static string Word(PhoneMix mix) => mix switch
    {
        PhoneMix.Same => "same",
        PhoneMix.Changed => "changed",
        _ => "new",
    };
}
