using System.Data.Common;
using Dapper;

namespace OpenStage.Server.Storage;

/// <summary>
/// What can be read and written inside one transaction. Each record is a sealed JSON document in the column body, beside
/// the columns it is found by.
/// </summary>
internal sealed partial class StoreSession(DbConnection connection, DbTransaction? transaction, Vault vault, SqlDialect dialect)
{
    private readonly HashSet<string> topics = [];

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
