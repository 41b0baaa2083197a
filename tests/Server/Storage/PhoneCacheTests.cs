using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>What is kept in memory of phones is what is on the disk.</summary>
public sealed class PhoneCacheTests : StoreFixture
{
    private const string Mac = "00:1A:E8:00:00:01";

    private static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public void What_was_undone_is_not_known_either()
    {
        Save(Device("OpenStage 40"), State("A"), Job(1, JobState.Pending));

        Assert.That(() => Store.Write<bool>(Mac, session =>
        {
            session.Save(Device("OpenStage 60"));
            session.Save(State("B"));
            session.Save(Job(1, JobState.Succeeded));
            throw new InvalidOperationException("broken");
        }), Throws.InvalidOperationException);

        Assert.That(Known(), Is.EqualTo("OpenStage 40, cookie A, open jobs 1"));
        Assert.That(Store.Read(session => session.InteractionByCookie(Cookie("B"))), Is.Null);
    }

    [Test]
    public async Task What_one_of_many_undid_is_not_known_either()
    {
        Save(Device("OpenStage 40"), State("A"), Job(1, JobState.Pending));
        Task<bool>? other = null, broken = null;

        await TogetherAsync(() =>
        {
            other = Store.WriteAsync("00:1A:E8:00:00:02", session =>
            {
                session.Save(Device("OpenStage 15") with { Mac = "00:1A:E8:00:00:02" });
                return true;
            });
            broken = Store.WriteAsync<bool>(Mac, session =>
            {
                session.Save(Device("OpenStage 60"));
                session.Save(State("B"));
                throw new InvalidOperationException("broken");
            });
        });

        Assert.That(await other!);
        Assert.That(async () => await broken!, Throws.InvalidOperationException);

        Assert.That(Known(), Is.EqualTo("OpenStage 40, cookie A, open jobs 1"));
    }

    [Test]
    public void What_is_known_is_what_a_new_start_finds()
    {
        Save(Device("OpenStage 40"), State("A"), Job(1, JobState.Pending));
        Save(Device("OpenStage 60"), State("B"), Job(2, JobState.Pending));
        Save(Device("OpenStage 60"), State("B") with { Ended = true }, Job(1, JobState.Succeeded));
        var known = Known();

        Reopen();

        Assert.That(known, Is.EqualTo("OpenStage 60, cookie B, open jobs 2"));
        Assert.That(Known(), Is.EqualTo(known));
        Assert.That(Store.Read(session => session.InteractionByCookie(Cookie("A"))), Is.Null);
        Assert.That(Store.Read(session => session.InteractionByCookie(Cookie("B")))!.Ended, Is.True);
    }

    [Test]
    public void What_is_known_is_not_asked_of_the_disk_again()
    {
        Save(Device("OpenStage 40"), State("A"), Job(1, JobState.Pending));
        using (var behind = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(StoreFolder)};Pooling=False"))
            behind.Execute("DELETE FROM devices; DELETE FROM interactions; DELETE FROM jobs;");

        Assert.That(Known(), Is.EqualTo("OpenStage 40, cookie A, open jobs 1"));
    }

    [Test]
    public void The_phone_that_was_used_least_lately_goes_first()
    {
        var cache = new PhoneCache(2);
        foreach (var mac in new[] { "1", "2" })
            cache.Of(mac).Interaction = new PhoneCache.Known<InteractionState>(State("A") with { Mac = mac });
        _ = cache.Of("1");

        _ = cache.Of("3");

        Assert.That(cache.Of("1").Interaction, Is.Not.Null);
        Assert.That(cache.Of("2").Interaction, Is.Null);
    }

    [Test]
    public void The_times_of_a_phone_are_in_its_last_interaction_and_the_phone_itself_is_not_written_for_them()
    {
        Save(Device("OpenStage 40"), State("A"), Job(1, JobState.Pending));
        var seen = Now.AddMinutes(5);
        string? written = null;

        Store.Write(Mac, session =>
        {
            session.Save(State("B") with { LastMessage = seen, ItemsRead = seen });
            session.Save(session.Device(Mac)! with { LastSeen = seen, ItemsRead = seen });
            written = string.Join(' ', session.Topics);
            return true;
        });

        var known = Store.Read(session => session.Device(Mac));
        Assert.That(known, Is.EqualTo(Device("OpenStage 40") with { LastSeen = seen, ItemsRead = seen }));
        Assert.That(written, Is.EqualTo($"device:{Mac}"), "who looks at the phone is told all the same");
        using (var behind = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(StoreFolder)};Pooling=False"))
            Assert.That(behind.ExecuteScalar<long>("SELECT last_seen FROM devices"), Is.EqualTo(Now.ToUnixTimeMilliseconds()));
        Reopen();
        Assert.That(Store.Read(session => session.Device(Mac)), Is.EqualTo(known));
        Assert.That(Store.Read(session => session.Devices(new DeviceFilter())).Single(), Is.EqualTo(known));
    }

    [Test]
    public void The_times_that_were_undone_are_not_known_either()
    {
        Save(Device("OpenStage 40"), State("A"), Job(1, JobState.Pending));

        Assert.That(() => Store.Write<bool>(Mac, session =>
        {
            session.Save(State("B") with { LastMessage = Now.AddMinutes(5) });
            throw new InvalidOperationException("broken");
        }), Throws.InvalidOperationException);

        Assert.That(Store.Read(session => session.Device(Mac)), Is.EqualTo(Device("OpenStage 40")));
    }

    private static Device Device(string model) => new() { Mac = Mac, Model = model, FirstSeen = Now, LastSeen = Now };

    private static InteractionState State(string name) => new() { Cookie = Cookie(name), Mac = Mac, LastMessage = Now };

    private static string Cookie(string name) => $"{name.PadLeft(20, '0')}001AE8000001";

    private static Job Job(long id, JobState state) => new()
    {
        Id = id,
        Mac = Mac,
        Kind = JobKind.ReadAllItems,
        State = state,
        Created = Now,
        NotBefore = Now,
        Expires = Now.AddDays(7),
    };

    private void Save(Device device, InteractionState state, Job job) => Store.Write(Mac, session =>
    {
        session.Save(device);
        session.Save(state);
        session.Save(job);
        // So that the open ones are known, too.
        return session.OpenJobs(Mac).Count;
    });

    private string Known() => Store.Read(session =>
        $"{session.Device(Mac)!.Model}, cookie {session.InteractionOf(Mac)!.Cookie[..20].TrimStart('0')}, open jobs {string.Join(" ", session.OpenJobs(Mac).Select(job => job.Id))}");
}
