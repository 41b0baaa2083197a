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
    /// <exception cref="InvalidDataException">A later version of this program wrote it.</exception>
    public static Database Open(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "server.db");
        OwnerOnly(file);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        try
        {
            connection.Open();
            // FULL: what was answered to a phone must be on the disk, even when the power goes next.
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;");
            Migrate(connection, file);
            return new Database(connection);
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
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static void Migrate(SqliteConnection connection, string file)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
        var version = connection.ExecuteScalar<int?>("SELECT max(version) FROM schema_version") ?? 0;
        if (version > Migrations.Steps.Count)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{file} has schema version {version}; this program knows versions up to {Migrations.Steps.Count}."));
        }

        for (; version < Migrations.Steps.Count; version++)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(Migrations.Steps[version], transaction: transaction);
            connection.Execute("INSERT INTO schema_version (version) VALUES (@version)", new { version = version + 1 }, transaction);
            transaction.Commit();
        }
    }
}
