using System.Buffers;
using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Operations;

/// <summary>
/// Writes all that a store holds, as it is at one moment, into one file that fits SQLite and PostgreSQL alike: a zip of
/// JSON lines and a manifest. Records stay sealed, and the key is not in it.
/// </summary>
internal static class StoreBackup
{
    public const string ManifestPart = "manifest.json";

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="InvalidDataException">There is no store, or it cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static BackupManifest Write(ServerOptions options, string file, DateTimeOffset now)
    {
        using var database = Database.OpenExisting(options.DataFolder, options.Database, options.KeyFile);
        return Write(database, file, now);
    }

    public static BackupManifest Write(Database database, string file, DateTimeOffset now)
    {
        // Written beside and moved, so that a backup under its name is always a whole one.
        var unfinished = file + ".new";
        try
        {
            BackupManifest manifest;
            using (var stream = new FileStream(unfinished, Creation()))
                manifest = Write(database, stream, now);
            File.Move(unfinished, file, overwrite: true);
            return manifest;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static FileStreamOptions Creation()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static BackupManifest Write(Database database, FileStream stream, DateTimeOffset now)
    {
        database.Check();
        var manifest = new BackupManifest
        {
            Format = BackupManifest.FormatName,
            FormatVersion = BackupManifest.FormatNumber,
            KeyId = database.Vault.KeyId,
            Created = now,
        };
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            database.Snapshot((connection, transaction) => manifest = manifest with
            {
                SchemaVersion = database.SchemaVersion(connection, transaction),
                Tables = [.. database.Tables(connection, transaction).Select(table => WriteTable(connection, transaction, table, zip))],
            });
            using var part = zip.CreateEntry(ManifestPart).Open();
            JsonSerializer.Serialize(part, manifest, Json);
        }

        stream.Flush(flushToDisk: true);
        return manifest;
    }

    private static BackupTable WriteTable(DbConnection connection, DbTransaction transaction, StoredTable table, ZipArchive zip)
    {
        using var part = zip.CreateEntry(BackupTable.PartOf(table.Name), CompressionLevel.Fastest).Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = table.Select();
        using var reader = command.ExecuteReader();
        var line = new ArrayBufferWriter<byte>();
        var rows = 0L;
        for (; reader.Read(); rows++)
        {
            BackupRow.Write(reader, table.Columns, line);
            hash.AppendData(line.WrittenSpan);
            part.Write(line.WrittenSpan);
        }

        return new BackupTable(table.Name, table.Columns, rows, Convert.ToHexString(hash.GetHashAndReset()));
    }
}
