using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OpenStage.Server.Storage;

/// <summary>The statements that phones' messages need, on one connection. What a value is called stands in the SQL after an <c>@</c>.</summary>
internal abstract class Statements : IDisposable
{
    public static Statements Of(DbConnection connection) => connection switch
    {
        SqliteConnection sqlite => new SqliteStatements(sqlite),
        NpgsqlConnection postgres => new PostgresStatements(postgres),
        _ => throw new ArgumentException($"{connection.GetType().Name} is no connection to SQLite or PostgreSQL", nameof(connection)),
    };

    /// <summary>Runs a statement, at the latest when the next one is read from or the transaction ends.</summary>
    public abstract void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>The first column of the first row; null when there is no row, or nothing in it.</summary>
    public abstract byte[]? Bytes(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>The first column of all rows.</summary>
    public abstract List<byte[]> AllBytes(string sql, params ReadOnlySpan<(string Name, object? Value)> values);

    /// <summary>Runs what was put off: somebody else uses the connection next.</summary>
    public virtual void Flush()
    {
    }

    public abstract void Dispose();
}
