using System.Data.Common;
using Dapper;

namespace OpenStage.Server.Storage;

/// <summary>One step of the schema.</summary>
/// <param name="Sql">Statements that SQLite and PostgreSQL both take.</param>
/// <param name="Move">Brings records into the new form, when SQL cannot.</param>
internal sealed record Migration(string Sql, Action<DbConnection, DbTransaction, Vault>? Move = null)
{
    public void Run(DbConnection connection, DbTransaction transaction, Vault vault, SqlDialect dialect)
    {
        connection.Execute(dialect.Write(Sql), transaction: transaction);
        Move?.Invoke(connection, transaction, vault);
    }
}
