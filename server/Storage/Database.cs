using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;

namespace OpenStage.Server.Storage;

/// <summary>The server's store, on SQLite or PostgreSQL; the SQL is the same but for the words of <see cref="SqlDialect"/>.</summary>
internal abstract class Database : IDisposable
{
    private const string KeyCheck = "key-check";
    private const string KeyCheckText = "This record opens with the server's key.";

    private Vault? vault;
    private string keyFile = "";

    /// <summary>
    /// Raised after a transaction with what it changed, such as <c>job:12</c>, <c>device:00:1A:E8:00:00:01</c>; also for
    /// transactions of other nodes on the same store.
    /// </summary>
    public event Action<string>? Changed;

    /// <summary>True when other nodes may work on the same store.</summary>
    public abstract bool IsShared { get; }

    /// <summary>What seals the records.</summary>
    public Vault Vault => vault ?? throw new InvalidOperationException("The store is not open.");

    protected abstract SqlDialect Dialect { get; }

    /// <summary>Opens the store, creating or upgrading it.</summary>
    /// <param name="folder">Folder of the SQLite file and of the key.</param>
    /// <param name="connection">Connection string of a PostgreSQL database, or null for the SQLite file.</param>
    /// <param name="keyFile">File of the key; null for <c>server.key</c> in the folder.</param>
    /// <exception cref="ArgumentException">The folder cannot be written, or the connection string is none.</exception>
    /// <exception cref="InvalidDataException">A later version of this program wrote the store, it is damaged, or its key is another; it is left as it is.</exception>
    public static Database Open(string folder, string? connection = null, string? keyFile = null)
    {
        return Open(folder, connection, keyFile, database =>
        {
            DataFolder.Ensure(folder);
            database.Prepare();
        });
    }

    /// <summary>Opens a store that is there, to read it: it is neither created nor upgraded.</summary>
    /// <inheritdoc cref="Open(string, string?, string?)"/>
    public static Database OpenExisting(string folder, string? connection = null, string? keyFile = null)
    {
        if (connection is null && !File.Exists(SqliteDatabase.FileIn(folder)))
            throw new InvalidDataException($"{SqliteDatabase.FileIn(folder)} is missing: there is no store.");
        return Open(folder, connection, keyFile, database => database.Attach());
    }

    /// <summary>True when a server has the store open.</summary>
    /// <inheritdoc cref="Open(string, string?, string?)"/>
    public static bool IsInUse(string folder, string? connection = null) =>
        connection is null ? SqliteDatabase.IsInUse(folder) : PostgresDatabase.IsInUse(connection);

    private static Database Open(string folder, string? connection, string? keyFile, Action<Database> begin)
    {
        Database database = connection is null ? SqliteDatabase.Open(folder) : PostgresDatabase.Open(connection);
        try
        {
            database.keyFile = keyFile ?? Path.Combine(folder, KeyFile.DefaultName);
            begin(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Reads all of the store to see whether it is damaged, where the database does not see to that itself.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public virtual void Check()
    {
    }

    /// <summary>Looks at all of the store as it is at one moment, while others go on changing it.</summary>
    public abstract void Snapshot(Action<DbConnection, DbTransaction> work);

    /// <summary>The version of the schema, in a transaction.</summary>
    public int SchemaVersion(DbConnection connection, DbTransaction transaction) => Version(connection, transaction);

    /// <summary>All tables but that of the version, in a transaction.</summary>
    public IReadOnlyList<StoredTable> Tables(DbConnection connection, DbTransaction transaction) => StoredTable.All(connection, transaction, Dialect);

    /// <summary>Replaces all that the store holds, in one transaction.</summary>
    /// <param name="version">Version of the schema that the new content has; it is brought to the present one.</param>
    /// <param name="check">Looks at the old content, and throws when it must stay.</param>
    /// <param name="load">Fills the tables, which are empty.</param>
    public void Rebuild(int version, Action<bool> check, Action<DbConnection, DbTransaction, IReadOnlyList<StoredTable>> load) => Upgrade((connection, transaction) =>
    {
        check(StoredTable.AreEmpty(connection, transaction, Dialect));
        foreach (var table in Tables(connection, transaction))
            connection.Execute($"DROP TABLE {StoredTable.Quoted(table.Name)}", transaction: transaction);
        connection.Execute($"DELETE FROM {StoredTable.Version}", transaction: transaction);
        Climb(connection, transaction, 0, version);
        var tables = Tables(connection, transaction);
        foreach (var table in tables)
            connection.Execute($"DELETE FROM {StoredTable.Quoted(table.Name)}", transaction: transaction);
        load(connection, transaction, tables);
        Climb(connection, transaction, version, Migrations.Steps.Count);
        CheckKey(connection, transaction);
    });

    /// <summary>Does something in one transaction: all of it is on disk when this returns, or nothing.</summary>
    public T Write<T>(Func<StoreSession, T> work) => Write(null, work);

    /// <summary>Does something with one phone in one transaction, while no other node does anything with it.</summary>
    /// <param name="mac">MAC address in normal form.</param>
    public T Write<T>(string? mac, Func<StoreSession, T> work)
    {
        var (result, topics) = Transact(mac, work);
        foreach (var topic in topics)
            Raise(topic);
        return result;
    }

    /// <summary>As <see cref="Write{T}(string?, Func{StoreSession, T})"/>, without a thread that waits for the disk.</summary>
    public async Task<T> WriteAsync<T>(string? mac, Func<StoreSession, T> work)
    {
        var (result, topics) = await TransactAsync(mac, work);
        foreach (var topic in topics)
            Raise(topic);
        return result;
    }

    public abstract T Read<T>(Func<StoreSession, T> work);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            vault?.Dispose();
    }

    protected abstract (T Result, IReadOnlyCollection<string> Topics) Transact<T>(string? mac, Func<StoreSession, T> work);

    protected abstract Task<(T Result, IReadOnlyCollection<string> Topics)> TransactAsync<T>(string? mac, Func<StoreSession, T> work);

    /// <summary>Runs work in a transaction in which only one node at a time upgrades the schema.</summary>
    protected abstract void Upgrade(Action<DbConnection, DbTransaction> work);

    protected void Raise(string topic) => Changed?.Invoke(topic);

    protected StoreSession Session(DbConnection connection, Statements statements, PhoneCache? phones = null) => new(connection, statements, Vault, Dialect, phones);

    /// <summary>The schema version of an open connection; 0 when there is none yet.</summary>
    protected int Version(DbConnection connection, DbTransaction? transaction = null) =>
        connection.ExecuteScalar<long>(Dialect.TableCount, new { name = "schema_version" }, transaction) == 0
            ? 0
            : connection.ExecuteScalar<int?>("SELECT max(version) FROM schema_version", transaction: transaction) ?? 0;

    /// <exception cref="InvalidDataException">The version is later than this program's.</exception>
    protected static void CheckVersion(string name, int version)
    {
        if (version > Migrations.Steps.Count)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{name} has schema version {version}; this program knows versions up to {Migrations.Steps.Count}."));
        }
    }

    private void Prepare()
    {
        Upgrade((connection, transaction) =>
        {
            var version = Version(connection, transaction);
            CheckVersion("The database", version);
            // Nothing was sealed before version 2.
            vault = new Vault(KeyFile.Load(keyFile, isNew: version < 2));
            connection.Execute($"CREATE TABLE IF NOT EXISTS {StoredTable.Version} (version INTEGER NOT NULL)", transaction: transaction);
            Climb(connection, transaction, version, Migrations.Steps.Count);
            CheckKey(connection, transaction);
        });
    }

    private void Attach() => Snapshot((connection, transaction) =>
    {
        var version = Version(connection, transaction);
        CheckVersion("The database", version);
        if (version < 2)
            throw new InvalidDataException("The database holds no store, or one of a version from before its records were sealed; start the server on it once.");
        vault = new Vault(KeyFile.Load(keyFile, isNew: false));
        CheckKey(connection, transaction);
    });

    /// <summary>Does the steps from one version to another.</summary>
    private void Climb(DbConnection connection, DbTransaction transaction, int from, int to)
    {
        for (var version = from; version < to; version++)
        {
            Migrations.Steps[version].Run(connection, transaction, Vault, Dialect);
            connection.Execute($"INSERT INTO {StoredTable.Version} (version) VALUES (@version)", new { version = version + 1 }, transaction);
        }
    }

    private void CheckKey(DbConnection connection, DbTransaction transaction)
    {
        var known = connection.ExecuteScalar<byte[]?>("SELECT body FROM facts WHERE name = @KeyCheck", new { KeyCheck }, transaction);
        if (known is null)
        {
            connection.Execute("INSERT INTO facts (name, body) VALUES (@KeyCheck, @body)",
                new { KeyCheck, body = Vault.Seal(Encoding.UTF8.GetBytes(KeyCheckText), KeyCheck) }, transaction);
            return;
        }

        try
        {
            Vault.Open(known, KeyCheck);
        }
        catch (InvalidDataException other)
        {
            throw new InvalidDataException($"{keyFile} is not the key that the database was sealed with; put that one back.", other);
        }
    }
}
