using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OpenStage.Server.Storage;

/// <summary>
/// The statements that phones' messages need, each compiled once for the one connection. They go to SQLite itself: what
/// its ADO.NET provider does for each execution takes longer than most of them.
/// </summary>
internal sealed class SqliteStatements(SqliteConnection connection) : Statements
{
    private readonly Dictionary<string, Statement> statements = [];

    public override void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var running = Begin(sql, values);
        while (running.Step())
        {
            // What it returns is not asked for.
        }
    }

    public override byte[]? Bytes(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var running = Begin(sql, values);
        return running.Step() ? running.Bytes() : null;
    }

    public override List<byte[]> AllBytes(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var running = Begin(sql, values);
        var found = new List<byte[]>();
        while (running.Step())
            found.Add(running.Bytes() ?? []);
        return found;
    }

    public override void Dispose()
    {
        foreach (var statement in statements.Values)
            statement.Compiled.Dispose();
        statements.Clear();
    }

    private Running Begin(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        ObjectDisposedException.ThrowIf(connection.Handle is null, connection);
        if (!statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var compiled));
            statement = new Statement(compiled, new int[values.Length]);
            for (var place = 0; place < values.Length; place++)
                statement.Places[place] = raw.sqlite3_bind_parameter_index(compiled, values[place].Name);
            statements.Add(sql, statement);
        }

        var running = new Running(this, statement.Compiled);
        for (var place = 0; place < values.Length; place++)
            Check(Bind(statement.Compiled, statement.Places[place], values[place].Value));
        return running;
    }

    private static int Bind(sqlite3_stmt compiled, int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(compiled, place),
        string text => raw.sqlite3_bind_text(compiled, place, text),
        // An empty array is bound as nothing by its pointer.
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(compiled, place, 0),
        byte[] bytes => raw.sqlite3_bind_blob(compiled, place, bytes),
        long number => raw.sqlite3_bind_int64(compiled, place, number),
        int number => raw.sqlite3_bind_int(compiled, place, number),
        _ => throw new ArgumentException($"{value.GetType().Name} is none of text, bytes, int and long", nameof(value)),
    };

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
    }

    /// <param name="Places">Where in the statement the values go, in the order in which they are given.</param>
    private sealed record Statement(sqlite3_stmt Compiled, int[] Places);

    /// <summary>One execution; when it is over the statement keeps none of its values.</summary>
    private readonly ref struct Running(SqliteStatements owner, sqlite3_stmt compiled) : IDisposable
    {
        /// <returns>True when there is another row.</returns>
        public bool Step()
        {
            var code = raw.sqlite3_step(compiled);
            owner.Check(code);
            return code == raw.SQLITE_ROW;
        }

        public byte[]? Bytes() =>
            raw.sqlite3_column_type(compiled, 0) == raw.SQLITE_NULL ? null : raw.sqlite3_column_blob(compiled, 0).ToArray();

        public void Dispose()
        {
            // What it says is what the last step said.
            raw.sqlite3_reset(compiled);
            raw.sqlite3_clear_bindings(compiled);
        }
    }
}
