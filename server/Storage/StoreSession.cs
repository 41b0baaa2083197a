using System.Data.Common;
using Dapper;

namespace OpenStage.Server.Storage;

/// <summary>
/// What can be read and written inside one transaction. Each record is a sealed JSON document in the column body, beside
/// the columns it is found by.
/// </summary>
/// <param name="statements">The statements of the one connection of a SQLite store; null for PostgreSQL.</param>
/// <param name="shared">What is known of phones from one transaction to the next; null where there are other nodes.</param>
internal sealed partial class StoreSession(
    DbConnection connection, DbTransaction? transaction, Vault vault, SqlDialect dialect, SqliteStatements? statements = null, PhoneCache? shared = null)
{
    /// <summary>One transaction deals with few phones.</summary>
    private const int PhonesOfTransaction = 100;

    private readonly HashSet<string> topics = [];
    private readonly PhoneCache phones = shared ?? new PhoneCache(PhonesOfTransaction);
    private readonly HashSet<string> changed = [];

    /// <summary>What this transaction changed.</summary>
    public IReadOnlyCollection<string> Topics => topics;

    public SqlDialect Dialect => dialect;

    /// <summary>Tells, once the transaction is through, that something changed.</summary>
    /// <param name="topic">Kind and key, such as <c>job:12</c>.</param>
    public void Tell(string topic) => topics.Add(topic);

    /// <summary>The next number of a sequence; numbers of transactions that fail are used again.</summary>
    public long NextId(string sequence) => connection.ExecuteScalar<long>(
        "INSERT INTO sequences (name, last) VALUES (@sequence, 1) ON CONFLICT (name) DO UPDATE SET last = sequences.last + 1 RETURNING last",
        new { sequence }, transaction);

    /// <summary>The transaction was undone: what it changed is no longer known.</summary>
    public void Undone()
    {
        foreach (var mac in changed)
            phones.Forget(mac);
    }

    /// <summary>The records of a phone, one of which changes.</summary>
    private PhoneCache.Entry Changing(string mac)
    {
        changed.Add(mac);
        return phones.Of(mac);
    }

    /// <summary>Runs a statement that messages of phones need.</summary>
    private void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (statements is not null)
        {
            statements.Run(sql, values);
            return;
        }

        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row of a query that messages of phones need; null when there is none.</summary>
    private byte[]? Bytes(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (statements is not null)
            return statements.Bytes(sql, values);
        using var command = Command(sql, values);
        return command.ExecuteScalar() as byte[];
    }

    /// <summary>The first column of all rows of a query that messages of phones need.</summary>
    private List<byte[]> AllBytes(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (statements is not null)
            return statements.AllBytes(sql, values);
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var found = new List<byte[]>();
        while (reader.Read())
            found.Add(reader.GetFieldValue<byte[]>(0));
        return found;
    }

    private DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this program's own; what comes from outside comes as values.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>The record that a query for one body finds, or null.</summary>
    /// <param name="table">Table the body is of; it is bound to the seal.</param>
    private T? One<T>(string table, string sql, object parameters) where T : class =>
        connection.QueryFirstOrDefault<byte[]>(sql, parameters, transaction) is { } body ? Opened<T>(table, body) : null;

    private IReadOnlyList<T> Many<T>(string table, string sql, object? parameters = null) where T : class =>
        [.. connection.Query<byte[]>(sql, parameters, transaction).Select(body => Opened<T>(table, body))];

    private byte[] Sealed<T>(string table, T record) => vault.Seal(StoredJson.Write(record), table);

    private T Opened<T>(string table, byte[] body) => StoredJson.Read<T>(vault.Open(body, table));

    private int Execute(string sql, object parameters) => connection.Execute(sql, parameters, transaction);

    private T? Scalar<T>(string sql, object? parameters = null) => connection.ExecuteScalar<T>(sql, parameters, transaction);

    private IReadOnlyList<T> Column<T>(string sql, object? parameters = null) => [.. connection.Query<T>(sql, parameters, transaction)];
}
