using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>What the server does with a store that it finds.</summary>
public sealed class DatabaseTests
{
    private TemporaryFolder folder = null!;

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
    public void A_store_of_each_older_version_is_upgraded_and_keeps_what_it_holds([Range(1, 1)] int version)
    {
        Assert.That(version, Is.LessThanOrEqualTo(Migrations.Steps.Count));
        Change("CREATE TABLE schema_version (version INTEGER NOT NULL)");
        for (var step = 0; step < version; step++)
            Change($"{Migrations.Steps[step]}; INSERT INTO schema_version (version) VALUES ({step + 1})");
        Change("""INSERT INTO devices (mac, body) VALUES ('00:1A:E8:00:00:01', '{"Mac":"00:1A:E8:00:00:01","Model":"OpenStage 60"}')""");
        using (var database = Database.Open(folder.Path))
            Assert.That(database.Read(session => session.Device("00:1A:E8:00:00:01"))!.Model, Is.EqualTo("OpenStage 60"));
        Assert.That(Version(), Is.EqualTo(Migrations.Steps.Count));
    }

    [Test]
    public void What_is_written_is_there_after_another_opening()
    {
        using (var database = Database.Open(folder.Path))
            database.Write(session => Save(session, "00:1A:E8:00:00:01"));
        using var again = Database.Open(folder.Path);
        Assert.That(again.Read(session => session.Devices()).Single().Mac, Is.EqualTo("00:1A:E8:00:00:01"));
    }

    [Test]
    public void A_transaction_that_fails_leaves_nothing()
    {
        using var database = Database.Open(folder.Path);
        Assert.That(() => database.Write<bool>(session => Save(session, "00:1A:E8:00:00:01") ? throw new InvalidOperationException("broken") : true),
            Throws.InvalidOperationException);
        Assert.That(database.Read(session => session.Devices()), Is.Empty);
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
