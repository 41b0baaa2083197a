using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace OpenStage.Server.Storage;

/// <summary>
/// One SQLite file, one writer: for a single server. What many want to write at the same time goes to the disk together,
/// for a disk takes as long for one as for a hundred.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>Most turns that one transaction takes: the first of them waits for the last.</summary>
    private const int MostTogether = 256;

    /// <summary>
    /// Times that a commit gives way to whoever is ready to run. With busy processors, as in a storm, more turns are ready
    /// to go with it after that, and the disk is asked half as often; with idle ones it is over in some microseconds.
    /// </summary>
    private const int GivesWay = 16;

    /// <summary>Phones whose records are kept in memory, some kilobytes each.</summary>
    private const int MostPhones = 20_000;

    /// <summary>
    /// Bytes of the largest store that is read whole at a start, to see whether it is damaged: a second's work at most. Of a
    /// larger one, phones would wait for minutes on a slow disk; it is read whole with each backup.
    /// </summary>
    private const long MostCheckedAtStart = 64 << 20;

    private readonly Lock gate = new();
    private readonly BlockingCollection<StoreTurn> turns = [];
    private readonly SqliteConnection connection;
    private readonly SqliteStatements statements;
    private readonly PhoneCache phones = new(MostPhones);
    private readonly string file;

    /// <summary>Commits, and waits for the disk: a thread of the pool that waits is one that phones miss.</summary>
    private readonly Thread writer;
    private bool isClosed;

    private SqliteDatabase(SqliteConnection connection, string file)
    {
        this.connection = connection;
        this.file = file;
        statements = new SqliteStatements(connection);
        writer = new Thread(Serve) { IsBackground = true, Name = "store" };
        writer.Start();
    }

    public override bool IsShared => false;

    protected override SqlDialect Dialect => SqlDialect.Sqlite;

    /// <summary>Path of the store in a folder.</summary>
    public static string FileIn(string folder) => Path.Combine(folder, "server.db");

    /// <summary>True when somebody has the store open.</summary>
    public static bool IsInUse(string folder)
    {
        var file = FileIn(folder);
        if (!File.Exists(file))
            return false;
        Look(file);
        // Only who is alone with the file may take it out of its journal mode; opening it sets that again.
        using var connection = Connection(file, SqliteOpenMode.ReadWrite);
        connection.DefaultTimeout = 1;
        connection.Open();
        try
        {
            return connection.ExecuteScalar<string>("PRAGMA journal_mode=DELETE") == "wal";
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return true;
        }
    }

    /// <inheritdoc cref="Database.Open(string, string?, string?)"/>
    public static SqliteDatabase Open(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        DataFolder.Ensure(folder);
        var file = FileIn(folder);
        if (File.Exists(file))
            Look(file);
        try
        {
            OwnerOnly(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Refused(folder, refused);
        }

        var connection = Connection(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            connection.Open();
            // FULL: what was answered to a phone must be on the disk, even when the power goes next.
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000;");
            return new SqliteDatabase(connection, file);
        }
        catch (SqliteException broken)
        {
            connection.Dispose();
            throw Unusable(file, broken);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override T Read<T>(Func<StoreSession, T> work)
    {
        lock (gate)
            return work(Session());
    }

    public override void Check()
    {
        try
        {
            using var reading = Connection(file, SqliteOpenMode.ReadOnly);
            reading.Open();
            Check(reading, file);
        }
        catch (SqliteException broken)
        {
            throw Unusable(file, broken);
        }
    }

    public override void Snapshot(Action<DbConnection, DbTransaction> work)
    {
        // A connection of its own: the server goes on writing meanwhile, and this one does not see it.
        using var reading = Connection(file, SqliteOpenMode.ReadOnly);
        reading.Open();
        using var transaction = reading.BeginTransaction(deferred: true);
        work(reading, transaction);
    }

    protected override (T Result, IReadOnlyCollection<string> Topics) Transact<T>(string? mac, Func<StoreSession, T> work) =>
        TransactAsync(mac, work).GetAwaiter().GetResult();

    protected override Task<(T Result, IReadOnlyCollection<string> Topics)> TransactAsync<T>(string? mac, Func<StoreSession, T> work)
    {
        if (gate.IsHeldByCurrentThread)
            throw new InvalidOperationException("A transaction cannot be begun inside another.");
        var turn = new StoreTurn<T>(work);
        try
        {
            turns.Add(turn);
        }
        catch (InvalidOperationException closed)
        {
            throw new ObjectDisposedException($"{file} is closed.", closed);
        }

        return turn.Task;
    }

    /// <summary>Serves those who queue, until the store is closed. Who comes meanwhile, while this waits for the disk, is served next.</summary>
    private void Serve()
    {
        var together = new List<StoreTurn>();
        foreach (var first in turns.GetConsumingEnumerable())
        {
            together.Add(first);
            for (var time = 0; time < GivesWay && turns.Count < MostTogether; time++)
                Thread.Yield();
            while (together.Count < MostTogether && turns.TryTake(out var turn))
                together.Add(turn);
            lock (gate)
                Commit(together);
            foreach (var turn in together)
                turn.Done();
            together.Clear();
        }
    }

    private void Commit(List<StoreTurn> together)
    {
        var sessions = new List<StoreSession>(together.Count);
        try
        {
            Execute("BEGIN IMMEDIATE");
            for (var place = 0; place < together.Count; place++)
            {
                var session = Session();
                sessions.Add(session);
                if (!Run(together[place], session, isAlone: together.Count == 1))
                    together.RemoveAt(place--);
            }

            Execute("COMMIT");
        }
        catch (Exception broken)
        {
            sessions.ForEach(session => session.Undone());
            together.ForEach(turn => turn.Failed(broken));
            together.Clear();
            RollBack();
        }
    }

    /// <summary>True while a transaction is open: a full disk ends it, and a store that was closed has none.</summary>
    private bool IsInTransaction => connection.State == System.Data.ConnectionState.Open && SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    private void RollBack()
    {
        try
        {
            if (IsInTransaction)
                Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Then the next transaction cannot begin, and says so to whoever asked for it.
        }
    }

    /// <returns>False when it failed and was undone alone.</returns>
    private bool Run(StoreTurn turn, StoreSession session, bool isAlone)
    {
        if (!isAlone)
            Execute("SAVEPOINT turn");
        try
        {
            turn.Run(session);
        }
        catch (Exception broken) when (!isAlone && IsInTransaction)
        {
            Execute("ROLLBACK TO turn");
            Execute("RELEASE turn");
            session.Undone();
            turn.Failed(broken);
            return false;
        }

        if (!isAlone)
            Execute("RELEASE turn");
        return true;
    }

    private StoreSession Session() => Session(connection, statements, phones);

    private void Execute(string sql) => statements.Run(sql);

    protected override void Upgrade(Action<DbConnection, DbTransaction> work)
    {
        try
        {
            phones.Clear();
            using var transaction = connection.BeginTransaction();
            work(connection, transaction);
            transaction.Commit();
        }
        catch (SqliteException broken)
        {
            throw Unusable(file, broken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (isClosed)
            return;
        isClosed = true;
        // Who queues already is still served.
        turns.CompleteAdding();
        writer.Join();
        lock (gate)
        {
            statements.Dispose();
            connection.Dispose();
        }

        turns.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Items may be passwords, which the phones need in clear: the file is for its owner only.</summary>
    private static void OwnerOnly(string file)
    {
        if (!File.Exists(file))
            File.Create(file).Dispose();
        // Those beside it, of a killed server or of the look at the version, hold the same.
        foreach (var part in new[] { file, file + "-wal", file + "-shm" }.Where(File.Exists))
            DataFolder.OwnerOnly(part);
    }

    private static SqliteConnection Connection(string file, SqliteOpenMode mode) =>
        new(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());

    /// <summary>Refuses a store that this program must not touch, before anything is written to it.</summary>
    private static void Look(string file)
    {
        try
        {
            using var connection = Connection(file, SqliteOpenMode.ReadOnly);
            connection.Open();
            if (new FileInfo(file).Length <= MostCheckedAtStart)
                Check(connection, file);
            if (connection.ExecuteScalar<long>(SqlDialect.Sqlite.TableCount, new { name = "schema_version" }) > 0)
                CheckVersion(file, connection.ExecuteScalar<int?>("SELECT max(version) FROM schema_version") ?? 0);
        }
        catch (SqliteException broken)
        {
            throw Unusable(file, broken);
        }
    }

    private static void Check(SqliteConnection connection, string file)
    {
        if (connection.ExecuteScalar<string>("PRAGMA quick_check(1)") is { } verdict and not "ok")
            throw new InvalidDataException($"{file} is damaged: {verdict}. Restore it, or move it away to begin with an empty one.");
    }

    private static InvalidDataException Unusable(string file, SqliteException broken) =>
        new($"{file} cannot be used as the server's database: {broken.Message} Restore it, or move it away to begin with an empty one.", broken);
}
