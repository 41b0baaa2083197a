using System.Data.Common;
using Dapper;

namespace OpenStage.Server.Storage;

/// <summary>A table as the database itself describes it, so that none is ever forgotten.</summary>
internal sealed record StoredTable(string Name, IReadOnlyList<StoredColumn> Columns)
{
    /// <summary>Holds the number of the schema's version, and nothing else.</summary>
    public const string Version = "schema_version";

    /// <summary>Tables that have rows without anybody having stored something.</summary>
    private static readonly string[] NeverEmpty = ["facts", "nodes", "sequences"];

    /// <summary>All tables but that of the version, in order of their names.</summary>
    public static IReadOnlyList<StoredTable> All(DbConnection connection, DbTransaction? transaction, SqlDialect dialect)
    {
        var isSqlite = dialect == SqlDialect.Sqlite;
        var names = connection.Query<string>(
            isSqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                : "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()",
            transaction: transaction).ToList();
        var columns = isSqlite
            ? "SELECT name, type FROM pragma_table_info(@table) ORDER BY cid"
            : "SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = @table ORDER BY ordinal_position";
        return [.. names.Where(name => name != Version).Order(StringComparer.Ordinal).Select(table => new StoredTable(table,
            [.. connection.Query<(string Name, string Type)>(columns, new { table }, transaction).Select(column => new StoredColumn(column.Name, Kind(table, column.Name, column.Type)))]))];
    }

    /// <summary>True when nothing but what every new store has is in it.</summary>
    public static bool AreEmpty(DbConnection connection, DbTransaction? transaction, SqlDialect dialect) => All(connection, transaction, dialect)
        .Where(table => !NeverEmpty.Contains(table.Name))
        .All(table => connection.ExecuteScalar<long>($"SELECT count(*) FROM (SELECT 1 FROM {Quoted(table.Name)} LIMIT 1) AS rows_there", transaction: transaction) == 0);

    public static string Quoted(string name) => $"\"{name}\"";

    public string Select() => $"SELECT {string.Join(", ", Columns.Select(column => Quoted(column.Name)))} FROM {Quoted(Name)}";

    /// <summary>Takes a row by the parameters @p0, @p1 and so on.</summary>
    public string Insert() => $"INSERT INTO {Quoted(Name)} ({string.Join(", ", Columns.Select(column => Quoted(column.Name)))}) VALUES ({string.Join(", ", Columns.Select((_, place) => $"@p{place}"))})";

    private static ColumnKind Kind(string table, string column, string type)
    {
        var word = type.ToUpperInvariant();
        if (word.Contains("CHAR", StringComparison.Ordinal) || word == "TEXT")
            return ColumnKind.Text;
        if (word is "INTEGER" or "BIGINT")
            return ColumnKind.Integer;
        if (word is "BLOB" or "BYTEA")
            return ColumnKind.Bytes;
        throw new NotSupportedException($"Column {table}.{column} has the type {type}; allowed are VARCHAR, TEXT, INTEGER, BIGINT and bytes.");
    }
}
