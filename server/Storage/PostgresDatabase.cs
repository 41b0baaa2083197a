using System.Data.Common;
using Dapper;
using Npgsql;

namespace OpenStage.Server.Storage;

/// <summary>A PostgreSQL database, which several nodes may share.</summary>
internal sealed class PostgresDatabase : Database
{
    /// <summary>Key of the lock under which one node upgrades the schema; no MAC address is that large.</summary>
    private const long UpgradeLock = 0x4F53_5570_6772_6164;

    /// <summary>Counts connections of other nodes.</summary>
    private const string Others =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()";

    /// <summary>Connections of a node that is not told otherwise: two nodes fit into the hundred that PostgreSQL takes by default.</summary>
    private const int MostConnections = 40;

    /// <summary>At ten looks a second.</summary>
    private const int MostLooks = 10;

    private readonly NpgsqlDataSource source;
    private readonly NodeTopics topics;

    private PostgresDatabase(NpgsqlDataSource source)
    {
        this.source = source;
        topics = new NodeTopics(source, Raise);
    }

    public override bool IsShared => true;

    protected override SqlDialect Dialect => SqlDialect.Postgres;

    /// <param name="connection">Such as <c>Host=127.0.0.1;Database=openstage;Username=openstage;Password=…</c>.</param>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public static PostgresDatabase Open(string connection) => new(Source(connection));

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
            if (!builder.ConnectionStringBuilder.ShouldSerialize("Maximum Pool Size"))
                builder.ConnectionStringBuilder.MaxPoolSize = MostConnections;
            // One listens for good.
            if (builder.ConnectionStringBuilder.MaxPoolSize < 2)
                throw new ArgumentException($"Maximum Pool Size is {builder.ConnectionStringBuilder.MaxPoolSize}, allowed are 2 or more");
            // Nothing that lasts is set on a connection, so that nothing is to be put back each time it is used.
            builder.ConnectionStringBuilder.NoResetOnClose = true;
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
        using var statements = new PostgresStatements(connection);
        return work(Session(connection, statements));
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
        using var statements = new PostgresStatements(connection);
        var session = Session(connection, statements);
        statements.Begin(mac);
        var result = work(session);
        statements.Commit();
        topics.Tell(session.Topics);
        return (result, session.Topics);
    }

    protected override async Task<(T Result, IReadOnlyCollection<string> Topics)> TransactAsync<T>(string? mac, Func<StoreSession, T> work)
    {
        await using var connection = await source.OpenConnectionAsync();
        using var statements = new PostgresStatements(connection);
        var session = Session(connection, statements);
        if (mac is null)
            statements.Begin(null);
        else
            session.Know(mac, await statements.BeginAsync(mac));
        var result = work(session);
        await statements.CommitAsync();
        topics.Tell(session.Topics);
        return (result, session.Topics);
    }

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
        topics.Dispose();
        source.Dispose();
        base.Dispose(disposing);
    }
}
