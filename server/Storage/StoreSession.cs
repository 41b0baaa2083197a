using System.Data.Common;
using Dapper;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Storage;

/// <summary>
/// What can be read and written inside one transaction. Each record is a sealed JSON document in the column body, beside
/// the columns it is found by.
/// </summary>
/// <param name="statements">Those of the connection.</param>
/// <param name="shared">What is known of phones from one transaction to the next; null where there are other nodes.</param>
internal sealed partial class StoreSession(
    DbConnection connection, Statements statements, Vault vault, SqlDialect dialect, PhoneCache? shared = null)
{
    /// <summary>One transaction deals with few phones.</summary>
    private const int PhonesOfTransaction = 100;

    private readonly HashSet<string> topics = [];
    private readonly PhoneCache phones = shared ?? new PhoneCache(PhonesOfTransaction);
    private readonly HashSet<string> changed = [];

    /// <summary>What this transaction changed.</summary>
    public IReadOnlyCollection<string> Topics => topics;

    public SqlDialect Dialect => dialect;

    /// <summary>For what is not among the <see cref="Statements"/>: it sees what they did.</summary>
    private DbConnection Connection
    {
        get
        {
            statements.Flush();
            return connection;
        }
    }

    /// <summary>Tells, once the transaction is through, that something changed.</summary>
    /// <param name="topic">Kind and key, such as <c>job:12</c>.</param>
    public void Tell(string topic) => topics.Add(topic);

    /// <summary>The next number of a sequence; numbers of transactions that fail are used again.</summary>
    public long NextId(string sequence) => Connection.ExecuteScalar<long>(
        "INSERT INTO sequences (name, last) VALUES (@sequence, 1) ON CONFLICT (name) DO UPDATE SET last = sequences.last + 1 RETURNING last",
        new { sequence });

    /// <summary>The transaction was undone: what it changed is no longer known.</summary>
    public void Undone()
    {
        foreach (var mac in changed)
            phones.Forget(mac);
    }

    /// <summary>The records of a phone that this transaction has read already.</summary>
    public void Know(string mac, StoredPhone stored)
    {
        var phone = phones.Of(mac);
        phone.Interaction = new PhoneCache.Known<InteractionState>(stored.Interaction is { } state ? Opened<InteractionState>("interactions", state) : null);
        phone.Device = new PhoneCache.Known<Device>(stored.Device is { } device ? AsOf(phone.Interaction.Value.Value, Opened<Device>("devices", device)) : null);
        phone.OpenJobs = [.. stored.OpenJobs.Select(body => Opened<Job>("jobs", body))];
        phone.Told = stored.Told ?? [];
    }

    /// <summary>The records of a phone, one of which changes.</summary>
    private PhoneCache.Entry Changing(string mac)
    {
        changed.Add(mac);
        return phones.Of(mac);
    }

    /// <summary>The record that a query for one body finds, or null.</summary>
    /// <param name="table">Table the body is of; it is bound to the seal.</param>
    private T? One<T>(string table, string sql, object parameters) where T : class =>
        Connection.QueryFirstOrDefault<byte[]>(sql, parameters) is { } body ? Opened<T>(table, body) : null;

    private IReadOnlyList<T> Many<T>(string table, string sql, object? parameters = null) where T : class =>
        [.. Connection.Query<byte[]>(sql, parameters).Select(body => Opened<T>(table, body))];

    private byte[] Sealed<T>(string table, T record) => vault.Seal(StoredJson.Write(record), table);

    private T Opened<T>(string table, byte[] body) => StoredJson.Read<T>(vault.Open(body, table));

    private int Execute(string sql, object parameters) => Connection.Execute(sql, parameters);

    private T? Scalar<T>(string sql, object? parameters = null) => Connection.ExecuteScalar<T>(sql, parameters);

    private IReadOnlyList<T> Column<T>(string sql, object? parameters = null) => [.. Connection.Query<T>(sql, parameters)];
}
