using System.Data.Common;
using System.Globalization;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Operations;

/// <summary>Fills a store from a backup, in one transaction: all of it, or nothing.</summary>
internal static class StoreRestore
{
    /// <param name="file">A file that <see cref="StoreBackup"/> wrote, on SQLite or PostgreSQL.</param>
    /// <param name="replace">True when what the store holds now may go.</param>
    /// <exception cref="InvalidDataException">The file is broken or of a later version, the key is not the one it was sealed with, the store is not empty, or a server has it open.</exception>
    public static BackupManifest Run(ServerOptions options, string file, bool replace)
    {
        using var backup = BackupFile.Open(file);
        CheckKey(options, file, backup.Manifest.KeyId);
        if (Database.IsInUse(options.DataFolder, options.Database))
            throw new InvalidDataException("A server has the store open; end all servers on it first.");
        using var database = Database.Open(options.DataFolder, options.Database, options.KeyFile);
        database.Rebuild(
            backup.Manifest.SchemaVersion,
            isEmpty =>
            {
                if (!isEmpty && !replace)
                    throw new InvalidDataException("The store is not empty; give --replace to replace what it holds.");
            },
            (connection, transaction, tables) => Load(backup, connection, transaction, tables));
        return backup.Manifest;
    }

    /// <summary>Looks at the key before the store is opened, which would make one for a store that is new.</summary>
    private static void CheckKey(ServerOptions options, string file, string needed)
    {
        var keyFile = options.KeyFile ?? Path.Combine(options.DataFolder, KeyFile.DefaultName);
        if (!File.Exists(keyFile))
            throw new InvalidDataException($"{keyFile} is missing. {file} was sealed with the key {needed}; put that key file there.");
        using var vault = new Vault(KeyFile.Load(keyFile, isNew: false));
        if (vault.KeyId != needed)
            throw new InvalidDataException($"{keyFile} holds the key {vault.KeyId}, but {file} was sealed with the key {needed}; put that key file there.");
    }

    private static void Load(BackupFile backup, DbConnection connection, DbTransaction transaction, IReadOnlyList<StoredTable> tables)
    {
        var there = backup.Manifest.Tables.ToDictionary(table => table.Name);
        var other = tables.Select(table => table.Name).ToHashSet();
        other.SymmetricExceptWith(there.Keys);
        if (other.Count > 0)
            throw new InvalidDataException($"The backup has other tables than its schema version: {string.Join(", ", other.Order(StringComparer.Ordinal))}.");
        foreach (var table in tables)
        {
            var part = there[table.Name];
            // The order of the columns may differ, the columns may not.
            if (!part.Columns.ToHashSet().SetEquals(table.Columns))
                throw new InvalidDataException($"{part.Part()} has other columns than its schema version.");
            var rows = LoadTable(backup, connection, transaction, part);
            if (rows != part.Rows)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{part.Part()} has {rows} rows, but should have {part.Rows}."));
        }
    }

    private static long LoadTable(BackupFile backup, DbConnection connection, DbTransaction transaction, BackupTable table)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = new StoredTable(table.Name, table.Columns).Insert();
        for (var place = 0; place < table.Columns.Count; place++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{place}");
            command.Parameters.Add(parameter);
        }

        var rows = 0L;
        foreach (var line in backup.Lines(table))
        {
            BackupRow.Read(line, table, command.Parameters);
            command.ExecuteNonQuery();
            rows++;
        }

        return rows;
    }
}
