using System.Globalization;
using Dapper;
using Npgsql;

namespace OpenStage.Benchmarks.Processes;

/// <summary>A database of its own on a PostgreSQL server, dropped in the end; nothing that is there already is touched.</summary>
internal sealed class PostgresStore : IAsyncDisposable
{
    private static int made;

    private readonly string server;
    private readonly string name;

    private PostgresStore(string server, string name)
    {
        this.server = server;
        this.name = name;
        Connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
    }

    /// <summary>Connection string of the database.</summary>
    public string Connection { get; }

    /// <param name="server">Connection string of any database of the server, as somebody who may create more.</param>
    public static async Task<PostgresStore> CreateAsync(string server)
    {
        var store = new PostgresStore(server, string.Create(CultureInfo.InvariantCulture, $"openstage_bench_{Environment.ProcessId}_{Interlocked.Increment(ref made)}"));
        await store.ExecuteAsync($"CREATE DATABASE {store.name}");
        return store;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.ExecuteAsync(sql);
    }
}
