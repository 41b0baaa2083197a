using System.Globalization;
using OpenStage.Benchmarks.Samples;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Benchmarks.Store;

/// <summary>Fills a store with phones and their finished jobs, as years of work would.</summary>
internal static class StoreFiller
{
    /// <summary>Rows of one transaction.</summary>
    private const int Portion = 5000;

    /// <summary>Items that a phone has which never calls.</summary>
    private const int ItemsEach = 20;

    private static readonly DateTimeOffset Then = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The MAC address of a phone, as the load's phones have them.</summary>
    /// <param name="number">0 to 16,777,215.</param>
    public static string Mac(int number) => string.Create(CultureInfo.InvariantCulture,
        $"{SampleMessages.Mac[..9]}{number >> 16 & 0xFF:X2}:{number >> 8 & 0xFF:X2}:{number & 0xFF:X2}");

    public static Device Device(string mac, DateTimeOffset seen) => new()
    {
        Mac = mac,
        Model = "OpenStage 40",
        Firmware = "V3 R3.24.0",
        ContactMeUri = "http://127.20.0.1:8085/contact_dls.html/ContactDLS",
        E164 = "498970072001",
        Address = "127.0.0.1",
        FirstSeen = seen,
        LastSeen = seen,
        ItemsRead = seen,
    };

    public static Job Job(long id, string mac, JobState state, DateTimeOffset at) => new()
    {
        Id = id,
        Mac = mac,
        Kind = JobKind.WriteItems,
        State = state,
        Items = [new Item("sntp-addr", "10.1.2.3"), new Item("timezone-offset", "1")],
        Created = at,
        NotBefore = at,
        Expires = at.AddDays(7),
        History = [new JobHistoryLine(at, "created"), new JobHistoryLine(at, "done")],
        Results = [new JobItemResult("sntp-addr", null, "", "10.1.2.3"), new JobItemResult("timezone-offset", null, "", "1")],
    };

    /// <param name="folder">Data folder of a SQLite store, made when it is not there.</param>
    /// <param name="jobs">Finished jobs, spread evenly over the phones.</param>
    public static void Fill(string folder, int devices, int jobs, int seed, CancellationToken cancellation)
    {
        using var database = Database.Open(folder);
        List<Item> items = [.. SampleMessages.Reply(seed).Items!.Take(ItemsEach)];
        Each(devices, (session, number) =>
        {
            session.Save(Device(Mac(number), Then));
            session.Learn(Mac(number), items, all: true, Then);
        });
        Each(jobs, (session, number) => session.Save(Job(session.NextJobId(), Mac(number % devices), JobState.Succeeded, Then.AddSeconds(number))));

        void Each(int count, Action<StoreSession, int> save)
        {
            for (var from = 0; from < count; from += Portion)
            {
                cancellation.ThrowIfCancellationRequested();
                database.Write(session =>
                {
                    for (var number = from; number < Math.Min(count, from + Portion); number++)
                        save(session, number);
                    return true;
                });
            }
        }
    }

    /// <summary>Asks a store that was filled for some of what must be in it, by the server's own reads.</summary>
    /// <param name="connection">Connection string of its PostgreSQL database, or null for the SQLite file.</param>
    /// <exception cref="InvalidOperationException">It is not there, or another.</exception>
    public static void Check(string folder, string? connection, int devices, int jobs)
    {
        using var database = Database.OpenExisting(folder, connection);
        database.Read(session => Check(session, devices, jobs));
    }

    private static bool Check(StoreSession session, int devices, int jobs)
    {
        // A store that was kept has the phones of earlier loads, too.
        if (session.CountDevices(new DeviceFilter()) is var phones && phones < devices)
            throw Wrong($"{phones} phones instead of {devices}");
        if (session.CountJobs(new JobFilter { IsOver = true }) is var over && over != jobs)
            throw Wrong($"{over} finished jobs instead of {jobs}");
        foreach (var number in new[] { 0, devices / 2, devices - 1 })
        {
            if (session.Device(Mac(number))?.Mac != Mac(number) || session.Items(Mac(number)).Count == 0)
                throw Wrong($"no phone {Mac(number)} with its items");
        }

        foreach (var number in new[] { 0, jobs / 2, jobs - 1 })
        {
            if (session.Job(number + 1) is not { State: JobState.Succeeded, Items.Count: > 0 } job || job.Mac != Mac(number % devices))
                throw Wrong($"no finished job {number + 1} of {Mac(number % devices)}");
        }

        return true;
    }

    private static InvalidOperationException Wrong(FormattableString what) => new(FormattableString.Invariant($"The filled store is not as it should be: {what}."));
}
