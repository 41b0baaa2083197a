using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace OpenStage.Server.Storage;

/// <summary>The server's store: one SQLite file, one writer.</summary>
internal sealed class Database : IDisposable
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    private Database(SqliteConnection connection) => this.connection = connection;

    /// <summary>Opens the store in a folder, creating or upgrading it.</summary>
    /// <exception cref="ArgumentException">The folder cannot be written.</exception>
    /// <exception cref="InvalidDataException">A later version of this program wrote it, or it is damaged; it is left as it is.</exception>
    public static Database Open(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        DataFolder.Ensure(folder);
        var file = Path.Combine(folder, "server.db");
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
            Migrate(connection);
            return new Database(connection);
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

    /// <summary>Does something in one transaction: all of it is on disk when this returns, or nothing.</summary>
    public T Write<T>(Func<StoreSession, T> work)
    {
        lock (gate)
        {
            using var transaction = connection.BeginTransaction();
            var result = work(new StoreSession(connection, transaction));
            transaction.Commit();
            return result;
        }
    }

    public T Read<T>(Func<StoreSession, T> work)
    {
        lock (gate)
            return work(new StoreSession(connection, null));
    }

    public void Dispose()
    {
        lock (gate)
            connection.Dispose();
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
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'") == 0)
                return;
            var version = connection.ExecuteScalar<int?>("SELECT max(version) FROM schema_version") ?? 0;
            if (version > Migrations.Steps.Count)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{file} has schema version {version}; this program knows versions up to {Migrations.Steps.Count}."));
            }
        }
        catch (SqliteException broken)
        {
            throw Unusable(file, broken);
        }
    }

    private static InvalidDataException Unusable(string file, SqliteException broken) =>
        new($"{file} cannot be used as the server's database: {broken.Message} Restore it, or move it away to begin with an empty one.", broken);

    private static void Migrate(SqliteConnection connection)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        var version = connection.ExecuteScalar<int?>("SELECT max(version) FROM schema_version") ?? 0;
        for (; version < Migrations.Steps.Count; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Migrations.Steps[version], transaction: transaction);
            connection.Execute("INSERT INTO schema_version (version) VALUES (@version)", new { version = version + 1 }, transaction);
            transaction.Commit();
        }
    }
}
