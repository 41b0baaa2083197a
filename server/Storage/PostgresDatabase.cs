using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace OpenStage.Server.Storage;

/// <summary>A PostgreSQL database, which several nodes may share.</summary>
internal sealed class PostgresDatabase : Database
{
    private const string Channel = "openstage_changed";

    /// <summary>Key of the lock under which one node upgrades the schema; no MAC address is that large.</summary>
    private const long UpgradeLock = 0x4F53_5570_6772_6164;

    /// <summary>Counts connections of other nodes.</summary>
    private const string Others =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()";

    /// <summary>At ten looks a second.</summary>
    private const int MostLooks = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;
    private readonly CancellationTokenSource stop = new();

    /// <summary>Tells this node's notifications from the others'.</summary>
    private readonly string node = RandomNumberGenerator.GetHexString(8);

    private Task listening = Task.CompletedTask;

    private PostgresDatabase(NpgsqlDataSource source) => this.source = source;

    public override bool IsShared => true;

    protected override SqlDialect Dialect => SqlDialect.Postgres;

    /// <param name="connection">Such as <c>Host=127.0.0.1;Database=openstage;Username=openstage;Password=…</c>.</param>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public static PostgresDatabase Open(string connection)
    {
        var database = new PostgresDatabase(Source(connection));
        database.listening = Task.Run(database.ListenAsync);
        return database;
    }

    /// <summary>True when some node is connected.</summary>
    public static bool IsInUse(string connection)
    {
        try
        {
            using var source = Source(connection);
            using var looking = source.OpenConnection();
            // One that has just ended takes a moment to go from the list.
            for (var look = 0; look < MostLooks; look++)
            {
                if (looking.ExecuteScalar<long>(Others) == 0)
                    return false;
                looking.Execute("SELECT pg_sleep(0.1)");
            }

            return true;
        }
        catch (NpgsqlException broken)
        {
            throw Unusable(broken);
        }
    }

    private static NpgsqlDataSource Source(string connection)
    {
        try
        {
            var builder = new NpgsqlDataSourceBuilder(connection);
            // By this name nodes know each other's connections.
            builder.ConnectionStringBuilder.ApplicationName ??= "openstage-server";
            return builder.Build();
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            // Not the value itself: it holds a password.
            throw new ArgumentException($"Database: allowed is a PostgreSQL connection string such as Host=127.0.0.1;Database=openstage;Username=openstage;Password=… ({wrong.Message})", nameof(connection), wrong);
        }
    }

    public override T Read<T>(Func<StoreSession, T> work)
    {
        using var connection = source.OpenConnection();
        return work(Session(connection, null));
    }

    public override void Snapshot(Action<DbConnection, DbTransaction> work)
    {
        try
        {
            using var connection = source.OpenConnection();
            using var transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
            work(connection, transaction);
        }
        catch (NpgsqlException broken)
        {
            throw Unusable(broken);
        }
    }

    protected override (T Result, IReadOnlyCollection<string> Topics) Transact<T>(string? mac, Func<StoreSession, T> work)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        if (mac is not null)
        {
            var key = long.Parse(mac.Replace(":", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            connection.Execute("SELECT pg_advisory_xact_lock(@key)", new { key }, transaction);
        }

        var session = Session(connection, transaction);
        var result = work(session);
        foreach (var topic in session.Topics)
            connection.Execute("SELECT pg_notify(@Channel, @payload)", new { Channel, payload = $"{node} {topic}" }, transaction);
        transaction.Commit();
        return (result, session.Topics);
    }

    protected override Task<(T Result, IReadOnlyCollection<string> Topics)> TransactAsync<T>(string? mac, Func<StoreSession, T> work) =>
        Task.FromResult(Transact(mac, work));

    protected override void Upgrade(Action<DbConnection, DbTransaction> work)
    {
        try
        {
            using var connection = source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            connection.Execute("SELECT pg_advisory_xact_lock(@UpgradeLock)", new { UpgradeLock }, transaction);
            work(connection, transaction);
            transaction.Commit();
        }
        catch (NpgsqlException broken)
        {
            throw Unusable(broken);
        }
    }

    private static InvalidDataException Unusable(NpgsqlException broken) => new($"The PostgreSQL database cannot be used: {broken.Message}", broken);

    protected override void Dispose(bool disposing)
    {
        stop.Cancel();
        listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        source.Dispose();
        stop.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Hears what other nodes changed. A lost connection is opened anew; what was missed then shows at the next look.</summary>
    private async Task ListenAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stop.Token);
                connection.Notification += (_, told) => Heard(told.Payload);
                await connection.ExecuteAsync($"LISTEN {Channel}");
                while (true)
                    await connection.WaitAsync(stop.Token);
            }
            catch (Exception lost) when (lost is NpgsqlException or OperationCanceledException or IOException or TimeoutException)
            {
                await Task.Delay(Pause, TimeProvider.System, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Heard(string payload)
    {
        var parts = payload.Split(' ', 2);
        if (parts.Length == 2 && parts[0] != node)
            Raise(parts[1]);
    }
}
