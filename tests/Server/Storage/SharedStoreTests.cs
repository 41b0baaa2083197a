using Npgsql;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>A PostgreSQL store between two nodes.</summary>
public sealed class SharedStoreTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void Prepare() => folder = new TemporaryFolder();

    [TearDown]
    public void End() => folder.Dispose();

    [Test]
    public async Task What_one_node_changes_the_other_hears_of()
    {
        var connection = PostgresServer.NewDatabase();
        using var one = Database.Open(folder.Path, connection);
        using var other = Database.Open(folder.Path, connection);
        Assert.That(await ListensAsync(one, other), Is.EqualTo("device:00:1A:E8:00:00:01"));
    }

    [Test]
    public async Task Of_many_changes_at_once_the_other_node_hears_each()
    {
        var connection = PostgresServer.NewDatabase();
        using var one = Database.Open(folder.Path, connection);
        using var other = Database.Open(folder.Path, connection);
        // More than one notification holds.
        var macs = Enumerable.Range(0, 1000).Select(number => $"00:1A:E8:00:{number >> 8:X2}:{number & 0xFF:X2}").ToList();
        await ListensAsync(one, other);
        var heard = new HashSet<string>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        other.Changed += topic =>
        {
            if (heard.Add(topic) && heard.Count == macs.Count)
                all.SetResult();
        };

        one.Write(session =>
        {
            macs.ForEach(mac => session.Save(new Device { Mac = mac }));
            return true;
        });

        await all.Task.WaitAsync(RunningServer.Patience());
        Assert.That(heard, Is.EquivalentTo(macs.Select(mac => $"device:{mac}")));
    }

    [Test]
    public async Task What_a_node_changed_before_it_ended_is_heard()
    {
        var connection = PostgresServer.NewDatabase();
        using var other = Database.Open(folder.Path, connection);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var one = Database.Open(folder.Path, connection))
        {
            await ListensAsync(one, other);
            other.Changed += topic =>
            {
                if (topic == "device:00:1A:E8:00:00:03")
                    heard.SetResult();
            };
            // The second while the first is told.
            Save(one, "00:1A:E8:00:00:02");
            Save(one, "00:1A:E8:00:00:03");
        }

        await heard.Task.WaitAsync(RunningServer.Patience());
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_the_store_refuses_is_undone_with_all_before_it(bool isOfPhone)
    {
        using var store = Database.Open(folder.Path, PostgresServer.NewDatabase());
        Task<bool> WriteAsync(string model) => store.WriteAsync(isOfPhone ? "00:1A:E8:00:00:01" : null, session =>
        {
            session.NextJobId();
            session.Save(new Device { Mac = "00:1A:E8:00:00:01" });
            session.Save(new Device { Mac = "00:1A:E8:00:00:02", Model = model });
            return true;
        });

        var tooLong = new string('x', 300);
        Assert.That(async () => await WriteAsync(tooLong), Throws.TypeOf<PostgresException>());
        Assert.That(store.Read(session => session.Macs(new DeviceFilter())), Is.Empty);
        // The connection of the one before is used again.
        await WriteAsync("OpenStage 60");
        Assert.That(store.Read(session => session.Macs(new DeviceFilter())), Has.Count.EqualTo(2));
        Assert.That(store.Write(session => session.NextJobId()), Is.EqualTo(2));
    }

    [Test]
    public void What_a_transaction_wrote_it_reads()
    {
        using var store = Database.Open(folder.Path, PostgresServer.NewDatabase());
        var (macs, changes) = store.Write("00:1A:E8:00:00:01", session =>
        {
            session.Save(new Device { Mac = "00:1A:E8:00:00:01" });
            session.Learn("00:1A:E8:00:00:01", [new Item("e164", "1")], all: false, DateTimeOffset.UnixEpoch);
            session.Learn("00:1A:E8:00:00:01", [new Item("e164", "2")], all: false, DateTimeOffset.UnixEpoch);
            return (session.Macs(new DeviceFilter()), session.ItemChanges("00:1A:E8:00:00:01", 10));
        });

        Assert.That(macs, Is.EqualTo(new[] { "00:1A:E8:00:00:01" }));
        Assert.That(changes.Select(change => (change.Before, change.After)), Is.EqualTo(new[] { ("1", "2") }));
    }

    [Test]
    public void Two_nodes_that_open_an_empty_store_together_make_one_schema()
    {
        var connection = PostgresServer.NewDatabase();
        using (Database.Open(folder.Path, PostgresServer.NewDatabase()))
        {
            // Only for its key file, which all nodes share.
        }

        Parallel.For(0, 6, _ => Database.Open(folder.Path, connection).Dispose());
        using var check = new NpgsqlConnection(connection);
        check.Open();
        using var count = new NpgsqlCommand("SELECT count(*) FROM schema_version", check);
        Assert.That(count.ExecuteScalar(), Is.EqualTo((long)Migrations.Steps.Count));
    }

    [Test]
    public void A_node_with_another_key_is_refused()
    {
        var connection = PostgresServer.NewDatabase();
        Database.Open(folder.Path, connection).Dispose();
        using var stranger = new TemporaryFolder();
        File.WriteAllText(Path.Combine(stranger.Path, "server.key"), new string('A', 64));
        Assert.That(() => Database.Open(stranger.Path, connection), Throws.TypeOf<InvalidDataException>()
            .With.Message.EndsWith("is not the key that the database was sealed with; put that one back."));
    }

    [TestCase("Host=127.0.0.1;Nonsense=1;Password=hunter2")]
    [TestCase("hunter2")]
    public void A_connection_string_that_is_none_is_refused_without_its_password(string connection) =>
        Assert.That(() => Database.Open(folder.Path, connection), Throws.ArgumentException
            .With.Message.StartsWith("Database: allowed is a PostgreSQL connection string").And.Message.Not.Contains("hunter2"));

    [Test]
    public void A_store_that_may_have_one_connection_only_is_refused() =>
        Assert.That(() => Database.Open(folder.Path, "Host=127.0.0.1;Maximum Pool Size=1"), Throws.ArgumentException
            .With.Message.Contains("Maximum Pool Size is 1, allowed are 2 or more"));

    [Test]
    public void A_database_that_is_not_there_is_refused()
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresServer.NewDatabase()) { Database = "nowhere" }.ToString();
        Assert.That(() => Database.Open(folder.Path, connection), Throws.TypeOf<InvalidDataException>().With.Message.Contains("nowhere"));
    }

    /// <summary>A node may not listen yet right after its start; it does after one of these changes.</summary>
    /// <returns>What the other heard first.</returns>
    private static async Task<string> ListensAsync(Database one, Database other)
    {
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string topic) => heard.TrySetResult(topic);
        other.Changed += Hear;
        for (var number = 0; !heard.Task.IsCompleted; number++)
        {
            Save(one, "00:1A:E8:00:00:01", number);
            await Task.WhenAny(heard.Task, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, RunningServer.Patience()));
            Assert.That(number, Is.LessThan(500), "nothing is heard");
        }

        other.Changed -= Hear;
        return await heard.Task;
    }

    private static void Save(Database store, string mac, int failures = 0) => store.Write(session =>
    {
        session.Save(new Device { Mac = mac, ContactFailures = failures });
        return true;
    });
}
