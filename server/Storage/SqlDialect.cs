namespace OpenStage.Server.Storage;

/// <summary>The few words in which SQLite and PostgreSQL differ.</summary>
/// <param name="Blob">Type of a column of bytes; written <c>{blob}</c> in <see cref="Migrations"/>.</param>
/// <param name="TableCount">Counts the tables of a name.</param>
/// <param name="NowMilliseconds">The time of the store's own clock, in milliseconds since 1970.</param>
internal sealed record SqlDialect(string Blob, string TableCount, string NowMilliseconds)
{
    public static SqlDialect Sqlite { get; } = new(
        "BLOB", "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @name",
        "CAST(strftime('%s', 'now') AS INTEGER) * 1000");

    public static SqlDialect Postgres { get; } = new(
        "BYTEA", "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = @name",
        "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)");

    public string Write(string sql) => sql.Replace("{blob}", Blob, StringComparison.Ordinal);
}
