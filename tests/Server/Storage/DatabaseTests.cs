using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Operations;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>What the server does with a store that it finds.</summary>
public sealed class DatabaseTests
{
    private TemporaryFolder folder = null!;

    private static readonly DateTimeOffset Then = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private string KeyPath => Path.Combine(folder.Path, "server.key");

    private string DatabaseFile => Path.Combine(folder.Path, "server.db");

    [SetUp]
    public void Prepare() => folder = new TemporaryFolder();

    [TearDown]
    public void End() => folder.Dispose();

    [Test]
    public void A_store_of_a_later_version_is_refused_and_not_touched()
    {
        Database.Open(folder.Path).Dispose();
        Change("INSERT INTO schema_version (version) VALUES (99)");
        var before = File.ReadAllBytes(DatabaseFile);
        Assert.That(() => Database.Open(folder.Path), Throws.TypeOf<InvalidDataException>()
            .With.Message.EqualTo($"{DatabaseFile} has schema version 99; this program knows versions up to {Migrations.Steps.Count}."));
        Assert.That(File.ReadAllBytes(DatabaseFile), Is.EqualTo(before));
    }

    [Test]
    public void A_store_of_a_later_version_keeps_its_journal_mode_and_its_rights()
    {
        Change("CREATE TABLE schema_version (version INTEGER NOT NULL); INSERT INTO schema_version (version) VALUES (99)");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(DatabaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var before = File.ReadAllBytes(DatabaseFile);
        Assert.That(() => Database.Open(folder.Path), Throws.TypeOf<InvalidDataException>());
        Assert.That(File.ReadAllBytes(DatabaseFile), Is.EqualTo(before));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(DatabaseFile).HasFlag(UnixFileMode.GroupRead), Is.True);
    }

    [Test]
    public void An_empty_file_and_a_store_of_no_version_are_brought_to_the_present_one()
    {
        File.WriteAllBytes(DatabaseFile, []);
        Database.Open(folder.Path).Dispose();
        Assert.That(Version(), Is.EqualTo(Migrations.Steps.Count));
    }

    [Test]
    public void A_store_whose_upgrade_was_broken_off_is_upgraded_from_the_start()
    {
        // As a kill leaves it between the making of the version table and the first step.
        Change("CREATE TABLE schema_version (version INTEGER NOT NULL)");
        using (var database = Database.Open(folder.Path))
            database.Write(session => Save(session, "00:1A:E8:00:00:01"));
        Assert.That(Version(), Is.EqualTo(Migrations.Steps.Count));
    }

    [Test]
    public void A_store_of_the_first_version_is_upgraded_sealed_and_keeps_what_it_holds()
    {
        const string Mac = "00:1A:E8:00:00:01";
        Change("CREATE TABLE schema_version (version INTEGER NOT NULL)");
        Change($"{Migrations.Steps[0].Sql}; INSERT INTO schema_version (version) VALUES (1)");
        Change($$"""INSERT INTO devices (mac, body) VALUES ('{{Mac}}', '{"Mac":"{{Mac}}","Model":"OpenStage 60"}')""");
        Change($$"""INSERT INTO device_items (mac, item_key, name, body) VALUES ('{{Mac}}', 'user-pwd', 'user-pwd', '{"Name":"user-pwd","Value":"hunter2","Status":"","At":"2026-01-05T08:00:00Z"}')""");
        Change($$"""INSERT INTO jobs (id, mac, state, is_final, body) VALUES (7, '{{Mac}}', 'Running', 0, '{"Id":7,"Mac":"{{Mac}}","Kind":"WriteItems","State":"Running","Created":"2026-01-05T08:00:00Z","NotBefore":"2026-01-05T08:00:00Z","Expires":"2026-02-05T08:00:00Z"}')""");
        using (var database = Database.Open(folder.Path))
        {
            Assert.That(database.Read(session => session.Device(Mac))!.Model, Is.EqualTo("OpenStage 60"));
            Assert.That(database.Read(session => session.Items(Mac)).Single().Value, Is.EqualTo("hunter2"));
            Assert.That(database.Read(session => session.OpenJobs(Mac)).Single().State, Is.EqualTo(JobState.Pending));
            Assert.That(database.Write(session => session.NextJobId()), Is.EqualTo(8));
        }

        Assert.That(Version(), Is.EqualTo(Migrations.Steps.Count));
        using (var connection = Connect())
            connection.Execute("VACUUM");
        Assert.That(File.ReadAllText(DatabaseFile, System.Text.Encoding.Latin1), Does.Not.Contain("hunter2"));
    }

    [Test]
    public void An_interaction_of_a_store_of_version_10_is_kept_but_its_cookie_names_no_phone_any_more()
    {
        const string Mac = "00:1A:E8:00:00:01";
        using (var database = Database.Open(folder.Path))
        {
            database.Write(session =>
            {
                session.Save(new Device { Mac = Mac, FirstSeen = Then, LastSeen = Then });
                session.Save(new InteractionState { Cookie = "0123456789ABCDEF0123456789ABCDEF", Mac = Mac, LastMessage = Then });
                return true;
            });
        }

        Change("""
            ALTER TABLE interactions RENAME TO later;
            CREATE TABLE interactions (mac VARCHAR(17) NOT NULL PRIMARY KEY, cookie VARCHAR(32) NOT NULL UNIQUE, ended INTEGER NOT NULL, body BLOB NOT NULL);
            INSERT INTO interactions SELECT mac, '0123456789ABCDEF0123456789ABCDEF', ended, body FROM later;
            DROP TABLE later;
            DELETE FROM schema_version WHERE version > 10;
            """);
        using (var database = Database.Open(folder.Path))
        {
            Assert.That(database.Read(session => session.InteractionOf(Mac))!.Cookie, Is.EqualTo("0123456789ABCDEF0123456789ABCDEF"));
            Assert.That(database.Read(session => session.InteractionByCookie("0123456789ABCDEF0123456789ABCDEF")), Is.Null);
            Assert.That(database.Read(session => session.Devices(new DeviceFilter { SeenSince = Then })).Single().LastSeen, Is.EqualTo(Then));
            Assert.That(database.Read(session => session.CountOpenInteractions()), Is.EqualTo(1));
        }

        Assert.That(Version(), Is.EqualTo(Migrations.Steps.Count));
    }

    [Test]
    public void No_password_stands_in_the_database_file()
    {
        using (var database = Database.Open(folder.Path))
        {
            database.Write(session =>
            {
                session.Learn("00:1A:E8:00:00:01", [new Item("user-pwd", "hunter2")], all: true, new ManualClock().GetUtcNow());
                return true;
            });
            Assert.That(database.Read(session => session.Items("00:1A:E8:00:00:01")).Single().Value, Is.EqualTo("hunter2"));
        }

        Assert.That(Directory.GetFiles(folder.Path).Select(file => File.ReadAllText(file, System.Text.Encoding.Latin1)), Has.None.Contains("hunter2"));
    }

    [Test]
    public void A_store_whose_key_is_gone_is_refused_by_name()
    {
        Database.Open(folder.Path).Dispose();
        File.Delete(KeyPath);
        Assert.That(() => Database.Open(folder.Path), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"{KeyPath} is missing"));
        Assert.That(KeyPath, Does.Not.Exist, "a new key would hide the loss");
    }

    [Test]
    public void A_store_with_another_key_is_refused_by_name()
    {
        Database.Open(folder.Path).Dispose();
        File.WriteAllText(KeyPath, new string('A', 64));
        Assert.That(() => Database.Open(folder.Path), Throws.TypeOf<InvalidDataException>()
            .With.Message.EqualTo($"{KeyPath} is not the key that the database was sealed with; put that one back."));
    }

    [TestCase("")]
    [TestCase("ABC")]
    [TestCase("ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public void A_file_that_holds_no_key_is_refused_by_name(string content)
    {
        File.WriteAllText(KeyPath, content);
        Assert.That(() => Database.Open(folder.Path), Throws.TypeOf<InvalidDataException>()
            .With.Message.EqualTo($"{KeyPath} holds no key; allowed are 64 hex digits."));
    }

    [Test]
    public void What_is_written_is_there_after_another_opening()
    {
        using (var database = Database.Open(folder.Path))
            database.Write(session => Save(session, "00:1A:E8:00:00:01"));
        using var again = Database.Open(folder.Path);
        Assert.That(again.Read(session => session.Devices(new DeviceFilter())).Single().Mac, Is.EqualTo("00:1A:E8:00:00:01"));
    }

    [Test]
    public void A_transaction_that_fails_leaves_nothing()
    {
        using var database = Database.Open(folder.Path);
        Assert.That(() => database.Write<bool>(session => Save(session, "00:1A:E8:00:00:01") ? throw new InvalidOperationException("broken") : true),
            Throws.InvalidOperationException);
        Assert.That(database.Read(session => session.Devices(new DeviceFilter())), Is.Empty);
        Assert.That(database.Write(session => Save(session, "00:1A:E8:00:00:02")), Is.True);
    }

    [Test]
    public void A_file_that_is_no_database_is_refused_by_name_and_not_touched()
    {
        File.WriteAllText(DatabaseFile, new string('?', 5000));
        Assert.That(() => Database.Open(folder.Path), Throws.TypeOf<InvalidDataException>()
            .With.Message.Contains(DatabaseFile).And.Message.Contains("move it away"));
        Assert.That(File.ReadAllText(DatabaseFile), Is.EqualTo(new string('?', 5000)));
    }

    [Test]
    public void A_database_cut_short_is_refused_by_name_and_not_touched()
    {
        using (var database = Database.Open(folder.Path))
            database.Write(session => Enumerable.Range(0, 200).All(number => Save(session, $"00:1A:E8:00:00:{number}")));
        var half = File.ReadAllBytes(DatabaseFile)[..8192];
        File.WriteAllBytes(DatabaseFile, half);
        Assert.That(() => Database.Open(folder.Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains(DatabaseFile));
        Assert.That(File.ReadAllBytes(DatabaseFile), Is.EqualTo(half));
    }

    [Test]
    public void A_database_with_a_page_overwritten_is_refused_by_name()
    {
        using (var database = Database.Open(folder.Path))
            database.Write(session => Enumerable.Range(0, 200).All(number => Save(session, $"00:1A:E8:00:00:{number}")));
        var content = File.ReadAllBytes(DatabaseFile);
        content.AsSpan(content.Length - 4096).Fill(0xEE);
        File.WriteAllBytes(DatabaseFile, content);
        Assert.That(() => Database.Open(folder.Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains(DatabaseFile));
    }

    [Test]
    public void A_large_database_is_opened_without_reading_all_of_it_and_a_backup_finds_what_is_damaged()
    {
        using (var database = Database.Open(folder.Path))
            database.Write(session => Enumerable.Range(0, 200).All(number => Save(session, $"00:1A:E8:00:00:{number}")));
        using (var file = File.Open(DatabaseFile, FileMode.Open))
        {
            file.Seek(-4096, SeekOrigin.End);
            file.Write([.. Enumerable.Repeat((byte)0xEE, 4096)]);
            // What stands behind the last page of a database is none of its business, and makes it no smaller.
            file.SetLength(65 << 20);
        }

        using (Database.Open(folder.Path))
        {
        }

        var backup = Path.Combine(folder.Path, "store.zip");
        Assert.That(() => StoreBackup.Write(new ServerOptions { DataFolder = folder.Path }, backup, DateTimeOffset.UnixEpoch),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"{DatabaseFile} "));
        Assert.That(backup, Does.Not.Exist);
    }

    private static bool Save(StoreSession session, string mac)
    {
        session.Save(new Device { Mac = mac, ContactMeUri = new string('u', 100), FirstSeen = new ManualClock().GetUtcNow() });
        return true;
    }

    private int Version()
    {
        using var connection = Connect();
        return connection.ExecuteScalar<int>("SELECT max(version) FROM schema_version");
    }

    private void Change(string sql)
    {
        using var connection = Connect();
        connection.Execute(sql);
    }

    private SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        return new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
    }
}
