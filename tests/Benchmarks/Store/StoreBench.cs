using System.Diagnostics;
using System.Globalization;
using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Processes;
using OpenStage.Benchmarks.Samples;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Benchmarks.Store;

/// <summary>What the store does for a phone, one transaction each, beside a bare insert of the same size.</summary>
internal static class StoreBench
{
    /// <summary>Phones that the operations go round.</summary>
    private const int Phones = 200;

    private static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchRun run)
    {
        using var folder = new TemporaryFolder();
        var figures = new List<Figure>();
        using (var database = Database.Open(folder.Path))
        using (var bare = BareTable.Sqlite(folder.Path))
            figures.AddRange(Measure(run, "store.sqlite", database, bare));
        if (run.Options.Postgres is { } postgres)
        {
            await using var store = await PostgresStore.CreateAsync(postgres);
            await using var bare = await BareTable.PostgresAsync(store.Connection);
            using var database = Database.Open(folder.Path, store.Connection);
            figures.AddRange(Measure(run, "store.postgres", database, bare));
        }

        return figures;
    }

    private static List<Figure> Measure(BenchRun run, string name, Database database, BareTable bare)
    {
        var items = SampleMessages.Reply(run.Options.Seed).Items!;
        List<Item> changed = [.. items];
        var place = changed.FindIndex(item => item.Value == SampleMessages.Changing);
        foreach (var number in Enumerable.Range(0, Phones))
            database.Write(Mac(number), session => Introduce(session, Mac(number), items));
        return
        [
            Figure("save-device", 500, (mac, _) => database.Write(mac, session => Save(session, mac))),
            Figure("learn-same-460", 40_000, (mac, _) => database.Write(mac, session => Learn(session, mac, items))),
            Figure("learn-one-changed", 40_000, (mac, number) => database.Write(mac, session =>
            {
                changed[place] = new Item(changed[place].Name, number.ToString(CultureInfo.InvariantCulture));
                return Learn(session, mac, changed);
            })),
            Figure("create-job", 500, (mac, number) => database.Write(mac, session => Create(session, mac))),
            Figure("take-and-end-job", 500, (mac, _) => database.Write(mac, session => End(session, mac))),
            Figure("commit-nothing", 1, (mac, number) => database.Write(mac, session => session.Device(mac) is not null)),
        ];

        Figure Figure(string what, int bytes, Action<string, int> work)
        {
            List<double> times = [];
            List<double> floors = [];
            var number = 0;
            var content = new byte[bytes];
            for (var round = 0; round <= run.Options.Rounds; round++)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                var time = Each(() => work(Mac(number % Phones), number++));
                var floor = Each(() => bare.Put(number++ % Phones, content));
                // The first round warms up.
                if (round == 0)
                    continue;
                times.Add(time);
                floors.Add(floor);
            }

            var floorName = string.Create(CultureInfo.InvariantCulture, $"a bare insert of {bytes} bytes and its commit");
            return Figures.Figure.OfRounds($"{name}.{what}", "ms", Better.Lower, times, floorName, floors);
        }
    }

    /// <summary>Milliseconds of one, of as many as half a second has room for.</summary>
    private static double Each(Action work)
    {
        var begun = Stopwatch.GetTimestamp();
        var count = 0;
        for (; count < 20 || Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMilliseconds(500); count++)
            work();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds / count;
    }

    private static string Mac(int number) => StoreFiller.Mac(number);

    private static bool Introduce(StoreSession session, string mac, IReadOnlyList<Item> items)
    {
        Save(session, mac);
        return Learn(session, mac, items);
    }

    private static bool Save(StoreSession session, string mac)
    {
        session.Save(StoreFiller.Device(mac, Now));
        return true;
    }

    private static bool Learn(StoreSession session, string mac, IReadOnlyList<Item> items)
    {
        session.Learn(mac, items, all: true, Now);
        return true;
    }

    private static bool Create(StoreSession session, string mac)
    {
        session.Save(StoreFiller.Job(session.NextJobId(), mac, JobState.Pending, Now));
        return true;
    }

    private static bool End(StoreSession session, string mac)
    {
        foreach (var job in session.OpenJobs(mac).Take(1))
            session.Save(job with { State = JobState.Succeeded });
        return true;
    }
}
