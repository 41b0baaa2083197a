using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OpenStage.Benchmarks.Store;

/// <summary>The floor of store operations: one row of bytes written and committed, with no logic.</summary>
internal sealed class BareTable : IDisposable, IAsyncDisposable
{
    private readonly DbConnection connection;

    private BareTable(DbConnection connection) => this.connection = connection;

    /// <summary>On the same disk as a store, with the same promise that a commit is on the disk.</summary>
    public static BareTable Sqlite(string folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "bare.db"), Pooling = false }.ToString());
        connection.Open();
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE bare (id BIGINT NOT NULL PRIMARY KEY, body BLOB NOT NULL)");
        return new BareTable(connection);
    }

    public static async Task<BareTable> PostgresAsync(string text)
    {
        var connection = new NpgsqlConnection(text);
        await connection.OpenAsync();
        await connection.ExecuteAsync("CREATE TABLE bare (id BIGINT NOT NULL PRIMARY KEY, body BYTEA NOT NULL)");
        return new BareTable(connection);
    }

    public void Put(int id, byte[] body)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            "INSERT INTO bare (id, body) VALUES (@id, @body) ON CONFLICT (id) DO UPDATE SET body = excluded.body", new { id, body }, transaction);
        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
