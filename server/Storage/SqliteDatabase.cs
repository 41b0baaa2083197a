using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace OpenStage.Server.Storage;

/// <summary>One SQLite file, one writer: for a single server.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly string file;

    private SqliteDatabase(SqliteConnection connection, string file)
    {
        this.connection = connection;
        this.file = file;
    }

    public override bool IsShared => false;

    protected override SqlDialect Dialect => SqlDialect.Sqlite;

    /// <summary>Path of the store in a folder.</summary>
    public static string FileIn(string folder) => Path.Combine(folder, "server.db");

    /// <summary>True when somebody has the store open.</summary>
    public static bool IsInUse(string folder)
    {
        var file = FileIn(folder);
        if (!File.Exists(file))
            return false;
        Look(file);
        // Only who is alone with the file may take it out of its journal mode; opening it sets that again.
        using var connection = Connection(file, SqliteOpenMode.ReadWrite);
        connection.DefaultTimeout = 1;
        connection.Open();
        try
        {
            return connection.ExecuteScalar<string>("PRAGMA journal_mode=DELETE") == "wal";
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return true;
        }
    }

    /// <inheritdoc cref="Database.Open(string, string?, string?)"/>
    public static SqliteDatabase Open(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        DataFolder.Ensure(folder);
        var file = FileIn(folder);
        if (File.Exists(file))
            Look(file);
        try
        {
            OwnerOnly(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Refused(folder, refused);
        }

        var connection = Connection(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            connection.Open();
            // FULL: what was answered to a phone must be on the disk, even when the power goes next.
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;");
            return new SqliteDatabase(connection, file);
        }
        catch (SqliteException broken)
        {
            connection.Dispose();
            throw Unusable(file, broken);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override T Read<T>(Func<StoreSession, T> work)
    {
        lock (gate)
            return work(Session(connection, null));
    }

    public override void Snapshot(Action<DbConnection, DbTransaction> work)
    {
        // A connection of its own: the server goes on writing meanwhile, and this one does not see it.
        using var reading = Connection(file, SqliteOpenMode.ReadOnly);
        reading.Open();
        using var transaction = reading.BeginTransaction(deferred: true);
        work(reading, transaction);
    }

    protected override (T Result, IReadOnlyCollection<string> Topics) Transact<T>(string? mac, Func<StoreSession, T> work)
    {
        lock (gate)
        {
            using var transaction = connection.BeginTransaction();
            var session = Session(connection, transaction);
            var result = work(session);
            transaction.Commit();
            return (result, session.Topics);
        }
    }

    protected override void Upgrade(Action<DbConnection, DbTransaction> work)
    {
        try
        {
            using var transaction = connection.BeginTransaction();
            work(connection, transaction);
            transaction.Commit();
        }
        catch (SqliteException broken)
        {
            throw Unusable(file, broken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (gate)
            connection.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Items may be passwords, which the phones need in clear: the file is for its owner only.</summary>
    private static void OwnerOnly(string file)
    {
        if (!File.Exists(file))
            File.Create(file).Dispose();
        // Those beside it, of a killed server or of the look at the version, hold the same.
        foreach (var part in new[] { file, file + "-wal", file + "-shm" }.Where(File.Exists))
            DataFolder.OwnerOnly(part);
    }

    private static SqliteConnection Connection(string file, SqliteOpenMode mode) =>
        new(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());

    /// <summary>Refuses a store that this program must not touch, before anything is written to it.</summary>
    private static void Look(string file)
    {
        try
        {
            using var connection = Connection(file, SqliteOpenMode.ReadOnly);
            connection.Open();
            if (connection.ExecuteScalar<string>("PRAGMA quick_check(1)") is { } verdict and not "ok")
                throw new InvalidDataException($"{file} is damaged: {verdict}. Restore it, or move it away to begin with an empty one.");
            if (connection.ExecuteScalar<long>(SqlDialect.Sqlite.TableCount, new { name = "schema_version" }) > 0)
                CheckVersion(file, connection.ExecuteScalar<int?>("SELECT max(version) FROM schema_version") ?? 0);
        }
        catch (SqliteException broken)
        {
            throw Unusable(file, broken);
        }
    }

    private static InvalidDataException Unusable(string file, SqliteException broken) =>
        new($"{file} cannot be used as the server's database: {broken.Message} Restore it, or move it away to begin with an empty one.", broken);
}
