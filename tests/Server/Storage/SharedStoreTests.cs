using Npgsql;
using NUnit.Framework;
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
        var heard = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        other.Changed += topic => heard.TrySetResult(topic);
        // The other may not listen yet; it does after one of the changes.
        var number = 0;
        while (!heard.Task.IsCompleted)
        {
            one.Write(session =>
            {
                session.Save(new Device { Mac = "00:1A:E8:00:00:01", ContactFailures = number++ });
                return true;
            });
            await Task.WhenAny(heard.Task, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, RunningServer.Patience()));
            Assert.That(number, Is.LessThan(500), "nothing is heard");
        }

        Assert.That(await heard.Task, Is.EqualTo("device:00:1A:E8:00:00:01"));
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
    public void A_database_that_is_not_there_is_refused()
    {
        var connection = new NpgsqlConnectionStringBuilder(PostgresServer.NewDatabase()) { Database = "nowhere" }.ToString();
        Assert.That(() => Database.Open(folder.Path, connection), Throws.TypeOf<InvalidDataException>().With.Message.Contains("nowhere"));
    }
}
