using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;
using OpenStage.Server.Storage;

namespace OpenStage.Benchmarks.Store;

/// <summary>
/// Brings all that a SQLite store holds to PostgreSQL, as restoring a backup of the server does, but by COPY: row by row a
/// million jobs take far too long. The rows are those that the server's own code wrote, byte by byte.
/// </summary>
internal static class StoreCopy
{
    /// <summary>Putting a million rows in order and on the disk takes longer than a statement usually may.</summary>
    private const int Patience = 600;

    /// <param name="from">Data folder of the SQLite store, which nobody has open.</param>
    /// <param name="to">Data folder of a server on the copy, which gets the same key; made when it is not there.</param>
    /// <param name="connection">Connection string of a PostgreSQL database, whose content goes.</param>
    /// <exception cref="InvalidDataException">One of the two cannot be used.</exception>
    public static void ToPostgres(string from, string to, string connection, CancellationToken cancellation)
    {
        Directory.CreateDirectory(to);
        File.Copy(Path.Combine(from, KeyFile.DefaultName), Path.Combine(to, KeyFile.DefaultName), overwrite: true);
        using var source = Database.Open(from);
        using (var target = Database.Open(to, connection))
        {
            source.Snapshot((reading, there) => target.Rebuild(source.SchemaVersion(reading, there), _ => { }, (writing, _, tables) =>
            {
                foreach (var table in tables)
                    Copy(table, reading, there, (NpgsqlConnection)writing, cancellation);
            }));
        }

        Settle(connection);
    }

    private static void Copy(StoredTable table, DbConnection reading, DbTransaction there, NpgsqlConnection writing, CancellationToken cancellation)
    {
        var types = Types(table, writing);
        using var command = reading.CreateCommand();
        command.Transaction = there;
        command.CommandText = table.Select();
        using var rows = command.ExecuteReader();
        using var import = writing.BeginBinaryImport($"COPY {StoredTable.Quoted(table.Name)} ({string.Join(", ", table.Columns.Select(column => StoredTable.Quoted(column.Name)))}) FROM STDIN (FORMAT BINARY)");
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            import.StartRow();
            for (var place = 0; place < types.Length; place++)
            {
                if (rows.IsDBNull(place))
                    import.WriteNull();
                else
                    import.Write(rows.GetValue(place), types[place]);
            }
        }

        import.Complete();
    }

    /// <summary>Names of the columns' types, which a binary COPY must meet exactly.</summary>
    private static string[] Types(StoredTable table, NpgsqlConnection writing)
    {
        using var command = writing.CreateCommand();
        command.CommandText = table.Select() + " LIMIT 0";
        using var none = command.ExecuteReader();
        return [.. Enumerable.Range(0, none.FieldCount).Select(none.GetDataTypeName)];
    }

    /// <summary>What a database comes to by itself in time, and what would otherwise go on beside the first rounds.</summary>
    private static void Settle(string connection)
    {
        using var settling = new NpgsqlConnection(connection);
        settling.Execute("VACUUM (ANALYZE)", commandTimeout: Patience);
        try
        {
            // Else Dapper takes a single word for a stored procedure.
            settling.Execute("CHECKPOINT", commandTimeout: Patience, commandType: CommandType.Text);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // The database then does it at a time of its own.
        }
    }
}
