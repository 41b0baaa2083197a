using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.Devices;
using OpenStage.Server.Operations;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Operations;

/// <summary>What is in a backup, and what comes back from it on either database.</summary>
public sealed class BackupTests
{
    private const string Mac = "00:1A:E8:00:00:01";

    private static readonly DateTimeOffset Now = new ManualClock().GetUtcNow();

    private TemporaryFolder folder = null!;

    private string BackupPath => Path.Combine(folder.Path, "store.zip");

    [SetUp]
    public void Prepare() => folder = new TemporaryFolder();

    [TearDown]
    public void End() => folder.Dispose();

    /// <summary>Tables come from the database's own list, and every one of them is filled here: none can be left out.</summary>
    [Test]
    public void Every_row_of_every_table_comes_back_on_either_database([Values] Kind from, [Values] Kind to)
    {
        var source = Options("source", from);
        Dictionary<string, List<string>> before;
        using (var database = Open(source))
        {
            database.Write(session => Save(session, Mac));
            Fill(source);
            before = Content(database);
            Assert.That(before, Has.Count.GreaterThanOrEqualTo(7));
            Assert.That(before.Where(table => table.Value.Count < 3).Select(table => table.Key), Is.Empty, "tables that were not filled");
            var manifest = StoreBackup.Write(database, BackupPath, Now);
            Assert.That(manifest.Tables.Select(table => table.Name), Is.EquivalentTo(before.Keys));
            Assert.That(manifest.Tables.Sum(table => table.Rows), Is.EqualTo(before.Values.Sum(rows => rows.Count)));
        }

        var target = Options("target", to);
        CopyKey(source, target);
        StoreRestore.Run(target, BackupPath, replace: false);
        using var restored = Open(target);
        Assert.That(Content(restored), Is.EqualTo(before));
        Assert.That(restored.Read(session => session.Device(Mac))!.Model, Is.EqualTo("OpenStage 40"), "records open with the key");
    }

    [Test]
    public void A_backup_shows_one_moment_while_the_server_goes_on_writing([Values] Kind kind)
    {
        using var database = Open(Options("source", kind));
        database.Write(session => Save(session, Mac));
        database.Snapshot((connection, transaction) =>
        {
            Assert.That(Count(), Is.EqualTo(1));
            database.Write(session => Save(session, "00:1A:E8:00:00:02"));
            Assert.That(Count(), Is.EqualTo(1), "written after the moment");

            long Count() => connection.ExecuteScalar<long>("SELECT count(*) FROM devices", transaction: transaction);
        });
        Assert.That(database.Read(session => session.CountDevices(new DeviceFilter())), Is.EqualTo(2));
    }

    [Test]
    public void A_store_that_is_not_empty_is_replaced_only_when_that_is_asked_for([Values] Kind kind)
    {
        var options = Options("source", kind);
        using (var database = Open(options))
        {
            database.Write(session => Save(session, Mac));
            StoreBackup.Write(database, BackupPath, Now);
            database.Write(session => Save(session, "00:1A:E8:00:00:02"));
        }

        AssertRefused(() => StoreRestore.Run(options, BackupPath, replace: false), "The store is not empty; give --replace to replace what it holds.");
        Assert.That(Macs(options), Is.EqualTo(new[] { Mac, "00:1A:E8:00:00:02" }), "untouched");
        StoreRestore.Run(options, BackupPath, replace: true);
        Assert.That(Macs(options), Is.EqualTo(new[] { Mac }));
    }

    [Test]
    public void A_store_that_a_server_has_open_is_not_restored([Values] Kind kind)
    {
        var options = Options("source", kind);
        using var running = Open(options);
        running.Write(session => Save(session, Mac));
        StoreBackup.Write(options, BackupPath, Now);
        AssertRefused(() => StoreRestore.Run(options, BackupPath, replace: true), "A server has the store open; end all servers on it first.");
        Assert.That(running.Write(session => Save(session, "00:1A:E8:00:00:02")), Is.True, "the server goes on");
    }

    [Test]
    public void Another_key_is_refused_and_the_message_names_the_one_that_is_needed()
    {
        var source = Options("source", Kind.Sqlite);
        var needed = Backup(source);
        var target = Options("target", Kind.Sqlite);
        var keyFile = Path.Combine(target.DataFolder, KeyFile.DefaultName);
        AssertRefused(() => StoreRestore.Run(target, BackupPath, replace: false),
            $"{keyFile} is missing. {BackupPath} was sealed with the key {needed}; put that key file there.");
        Assert.That(Path.Exists(target.DataFolder), Is.False, "nothing is made");

        Open(target).Dispose();
        Assert.That(() => StoreRestore.Run(target, BackupPath, replace: true), Throws.TypeOf<InvalidDataException>()
            .With.Message.StartsWith($"{keyFile} holds the key ").And.Message.EndsWith($"{BackupPath} was sealed with the key {needed}; put that key file there."));
        CopyKey(source, target);
    }

    [Test]
    public void The_file_has_neither_the_key_nor_a_password_in_clear()
    {
        var source = Options("source", Kind.Sqlite);
        Backup(source);
        var key = File.ReadAllText(Path.Combine(source.DataFolder, KeyFile.DefaultName)).Trim();
        using var zip = ZipFile.OpenRead(BackupPath);
        foreach (var part in zip.Entries)
        {
            var text = Read(part);
            Assert.That(text, Does.Not.Contain("hunter2"), part.FullName);
            Assert.That(text, Does.Not.Contain(key), part.FullName);
            Assert.That(text, Does.Not.Contain(Convert.ToBase64String(Convert.FromHexString(key))), part.FullName);
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public void The_file_is_for_its_owner_only_and_nothing_lies_beside_it()
    {
        Backup(Options("source", Kind.Sqlite));
        Assert.That(File.GetUnixFileMode(BackupPath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { BackupPath }));
    }

    [Test]
    public void A_backup_that_fails_leaves_the_one_before()
    {
        File.WriteAllText(BackupPath, "the one before");
        var missing = Options("nowhere", Kind.Sqlite);
        AssertRefused(() => StoreBackup.Write(missing, BackupPath, Now), $"{Path.Combine(missing.DataFolder, "server.db")} is missing: there is no store.");
        var source = Options("source", Kind.Sqlite);
        Open(source).Dispose();
        using (var database = Database.OpenExisting(source.DataFolder))
            Assert.That(() => StoreBackup.Write(database, Path.Combine(folder.Path, "no-folder", "store.zip"), Now), Throws.InstanceOf<IOException>());
        Assert.That(File.ReadAllText(BackupPath), Is.EqualTo("the one before"));
        Assert.That(Path.Exists(missing.DataFolder), Is.False);
    }

    /// <param name="how">What is done to a good file.</param>
    /// <param name="why">What is said of it.</param>
    [TestCase("cut", "")]
    [TestCase("text", "")]
    [TestCase("no manifest", "manifest.json is missing.")]
    [TestCase("empty manifest", "")]
    [TestCase("foreign manifest", "its format is something 1; allowed is openstage-server-backup 1.")]
    [TestCase("later", "it has schema version 99; this program knows versions 2 to ")]
    [TestCase("changed part", "tables/devices.jsonl was changed or damaged.")]
    [TestCase("no part", "tables/devices.jsonl is missing.")]
    public void A_file_that_is_no_whole_backup_is_refused_and_the_store_stays(string how, string why)
    {
        var options = Options("source", Kind.Sqlite);
        Backup(options);
        Spoil(how);
        Assert.That(() => StoreRestore.Run(options, BackupPath, replace: true), Throws.TypeOf<InvalidDataException>()
            .With.Message.StartsWith($"{BackupPath} is no backup that can be restored: {why}"));
        Assert.That(Macs(options), Is.EqualTo(new[] { Mac }));
    }

    /// <summary>With a right hash, as only someone who means harm makes it.</summary>
    [TestCase("devices", "[1]", "tables/devices.jsonl has a row with another number of values than columns.")]
    [TestCase("devices", "no json", "tables/devices.jsonl has a line that is no row.")]
    [TestCase("sequences", "[\"a\",\"b\"]", "tables/sequences.jsonl has a line that is no row.")]
    [TestCase("sequences", "[\"a\",1]\n[\"b\",1]", "tables/sequences.jsonl has 2 rows, but should have 1.")]
    public void Rows_that_do_not_fit_are_refused_and_the_store_stays(string table, string lines, string why)
    {
        var options = Options("source", Kind.Sqlite);
        Backup(options);
        using (var zip = ZipFile.Open(BackupPath, ZipArchiveMode.Update))
        {
            Replace(zip, BackupTable.PartOf(table), _ => lines + "\n");
            var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(lines + "\n")));
            Replace(zip, StoreBackup.ManifestPart, text =>
            {
                var manifest = System.Text.Json.JsonSerializer.Deserialize<BackupManifest>(text, StoreBackup.Json)!;
                return System.Text.Json.JsonSerializer.Serialize(
                    manifest with { Tables = [.. manifest.Tables.Select(part => part.Name == table ? part with { Sha256 = hash, Rows = 1 } : part)] }, StoreBackup.Json);
            });
        }

        AssertRefused(() => StoreRestore.Run(options, BackupPath, replace: true), why);
        Assert.That(Macs(options), Is.EqualTo(new[] { Mac }));
    }

    [Test]
    public void A_backup_of_an_earlier_version_is_brought_to_the_present_one([Values] Kind to)
    {
        var source = Options("source", Kind.Sqlite);
        using (var sample = Open(source))
            sample.Write(session => Save(session, Mac));
        var old = Options("old", Kind.Sqlite);
        CopyKey(source, old);
        MakeVersion2(source, old);
        Assert.That(StoreBackup.Write(old, BackupPath, Now).SchemaVersion, Is.EqualTo(2));

        var target = Options("target", to);
        CopyKey(source, target);
        StoreRestore.Run(target, BackupPath, replace: false);
        using var restored = Open(target);
        Assert.That(restored.Read(session => session.SchemaVersion()), Is.EqualTo(Migrations.Steps.Count));
        Assert.That(restored.Read(session => session.Device(Mac))!.Model, Is.EqualTo("OpenStage 40"));
    }

    public enum Kind
    {
        Sqlite,
        Postgres,
    }

    private static bool Save(StoreSession session, string mac)
    {
        session.Save(new Device { Mac = mac, Model = "OpenStage 40", FirstSeen = Now });
        session.Learn(mac, [new Protocol.Messages.Item("user-pwd", "hunter2")], all: true, Now);
        return true;
    }

    /// <summary>A store as version 2 of the schema left it, with the key check and the phones of another.</summary>
    private static void MakeVersion2(ServerOptions source, ServerOptions old)
    {
        using var vault = new Vault(KeyFile.Load(Path.Combine(old.DataFolder, KeyFile.DefaultName), isNew: false));
        using var connection = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(old.DataFolder)};Pooling=False");
        connection.Open();
        connection.Execute($"ATTACH '{SqliteDatabase.FileIn(source.DataFolder)}' AS sample");
        using var transaction = connection.BeginTransaction();
        connection.Execute("CREATE TABLE schema_version (version INTEGER NOT NULL); INSERT INTO schema_version VALUES (1); INSERT INTO schema_version VALUES (2)", transaction: transaction);
        foreach (var step in Migrations.Steps.Take(2))
            step.Run(connection, transaction, vault, SqlDialect.Sqlite);
        var columns = string.Join(", ", connection.Query<string>("SELECT name FROM pragma_table_info('devices')", transaction: transaction));
        connection.Execute($"INSERT INTO main.facts (name, body) SELECT name, body FROM sample.facts; INSERT INTO main.devices ({columns}) SELECT {columns} FROM sample.devices", transaction: transaction);
        transaction.Commit();
    }

    /// <summary>Puts three rows into each table, whatever its columns.</summary>
    private static void Fill(ServerOptions options)
    {
        SQLitePCL.Batteries_V2.Init();
        using DbConnection connection = options.Database is { } database
            ? new Npgsql.NpgsqlConnection(database)
            : new SqliteConnection($"Data Source={SqliteDatabase.FileIn(options.DataFolder)};Pooling=False");
        connection.Open();
        foreach (var table in StoredTable.All(connection, null, options.Database is null ? SqlDialect.Sqlite : SqlDialect.Postgres))
        {
            for (var row = 1; row <= 3; row++)
            {
                var values = new DynamicParameters();
                for (var place = 0; place < table.Columns.Count; place++)
                    values.Add(string.Create(CultureInfo.InvariantCulture, $"p{place}"), Value(table.Columns[place].Kind, row, place));
                connection.Execute(table.Insert(), values);
            }
        }
    }

    private static object Value(ColumnKind kind, int row, int place) => kind switch
    {
        ColumnKind.Integer => 1_000_000_000L + row,
        ColumnKind.Bytes => new byte[] { 0, 255, (byte)row, (byte)place },
        _ => $"ü\"\\{row}{place}",
    };

    private static Dictionary<string, List<string>> Content(Database database)
    {
        var content = new Dictionary<string, List<string>>();
        database.Snapshot((connection, transaction) =>
        {
            foreach (var table in database.Tables(connection, transaction))
                content.Add(table.Name, Rows(connection, transaction, table));
        });
        return content;
    }

    private static List<string> Rows(DbConnection connection, DbTransaction transaction, StoredTable table)
    {
        using var reader = connection.ExecuteReader(table.Select(), transaction: transaction);
        var rows = new List<string>();
        var line = new ArrayBufferWriter<byte>();
        while (reader.Read())
        {
            BackupRow.Write((DbDataReader)reader, table.Columns, line);
            rows.Add(Encoding.UTF8.GetString(line.WrittenSpan));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static Database Open(ServerOptions options) => Database.Open(options.DataFolder, options.Database, options.KeyFile);

    private static List<string> Macs(ServerOptions options)
    {
        using var database = Open(options);
        return [.. database.Read(session => session.Macs(new DeviceFilter()))];
    }

    private static void AssertRefused(Action act, string why) => Assert.That(act, Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(why));

    private static void CopyKey(ServerOptions from, ServerOptions to)
    {
        Directory.CreateDirectory(to.DataFolder);
        File.Copy(Path.Combine(from.DataFolder, KeyFile.DefaultName), Path.Combine(to.DataFolder, KeyFile.DefaultName), overwrite: true);
    }

    private static string Read(ZipArchiveEntry part)
    {
        using var reader = new StreamReader(part.Open());
        return reader.ReadToEnd();
    }

    private static void Replace(ZipArchive zip, string name, Func<string, string> change)
    {
        var part = zip.GetEntry(name)!;
        var text = change(Read(part));
        part.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }

    private ServerOptions Options(string name, Kind kind) => new()
    {
        DataFolder = Path.Combine(folder.Path, name),
        Database = kind == Kind.Postgres ? PostgresServer.NewDatabase() : null,
    };

    /// <summary>Makes a store with one phone, and a backup of it.</summary>
    /// <returns>The key's id.</returns>
    private string Backup(ServerOptions options)
    {
        using (var database = Open(options))
            database.Write(session => Save(session, Mac));
        return StoreBackup.Write(options, BackupPath, Now).KeyId;
    }

    private void Spoil(string how)
    {
        if (how == "cut")
            File.WriteAllBytes(BackupPath, File.ReadAllBytes(BackupPath)[..^100]);
        if (how == "text")
            File.WriteAllText(BackupPath, new string('?', 3000));
        if (how is "cut" or "text")
            return;
        using var zip = ZipFile.Open(BackupPath, ZipArchiveMode.Update);
        if (how == "no manifest")
            zip.GetEntry(StoreBackup.ManifestPart)!.Delete();
        else if (how == "no part")
            zip.GetEntry("tables/devices.jsonl")!.Delete();
        else if (how == "changed part")
            Replace(zip, "tables/devices.jsonl", text => text.Replace("OpenStage 40", "OpenStage 60", StringComparison.Ordinal));
        else
            Replace(zip, StoreBackup.ManifestPart, text => how switch
            {
                "empty manifest" => "",
                "foreign manifest" => text.Replace(BackupManifest.FormatName, "something", StringComparison.Ordinal),
                _ => text.Replace(string.Create(CultureInfo.InvariantCulture, $"\"schemaVersion\": {Migrations.Steps.Count}"), "\"schemaVersion\": 99", StringComparison.Ordinal),
            });
    }
}
