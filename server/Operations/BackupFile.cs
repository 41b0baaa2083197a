using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Operations;

/// <summary>A backup that is opened to be restored: whole, and of a version that this program knows.</summary>
internal sealed class BackupFile : IDisposable
{
    private readonly ZipArchive zip;

    private BackupFile(ZipArchive zip, BackupManifest manifest)
    {
        this.zip = zip;
        Manifest = manifest;
    }

    public BackupManifest Manifest { get; }

    /// <exception cref="InvalidDataException">The file is no backup, is damaged, or is of a later version; the message names it.</exception>
    public static BackupFile Open(string file)
    {
        FileStream stream;
        try
        {
            stream = File.OpenRead(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file} cannot be read: {refused.Message}", refused);
        }

        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read);
            var manifest = ReadManifest(zip);
            Check(zip, manifest);
            return new BackupFile(zip, manifest);
        }
        catch (Exception broken)
        {
            zip?.Dispose();
            stream.Dispose();
            if (broken is InvalidDataException or JsonException or EndOfStreamException)
                throw new InvalidDataException($"{file} is no backup that can be restored: {broken.Message}", broken);
            throw;
        }
    }

    /// <summary>The lines of a table.</summary>
    public IEnumerable<string> Lines(BackupTable table)
    {
        using var reader = new StreamReader(Part(zip, table.Part()));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    public void Dispose() => zip.Dispose();

    private static BackupManifest ReadManifest(ZipArchive zip)
    {
        using var part = Part(zip, StoreBackup.ManifestPart);
        var manifest = JsonSerializer.Deserialize<BackupManifest>(part, StoreBackup.Json) ?? throw new InvalidDataException("its manifest is empty.");
        if (manifest.Format != BackupManifest.FormatName || manifest.FormatVersion != BackupManifest.FormatNumber)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"its format is {manifest.Format} {manifest.FormatVersion}; allowed is {BackupManifest.FormatName} {BackupManifest.FormatNumber}."));
        if (manifest.SchemaVersion < 2 || manifest.SchemaVersion > Migrations.Steps.Count)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"it has schema version {manifest.SchemaVersion}; this program knows versions 2 to {Migrations.Steps.Count}."));
        return manifest;
    }

    private static void Check(ZipArchive zip, BackupManifest manifest)
    {
        foreach (var table in manifest.Tables)
        {
            using var part = Part(zip, table.Part());
            if (Convert.ToHexString(SHA256.HashData(part)) != table.Sha256)
                throw new InvalidDataException($"{table.Part()} was changed or damaged.");
        }
    }

    private static Stream Part(ZipArchive zip, string name) =>
        (zip.GetEntry(name) ?? throw new InvalidDataException($"{name} is missing.")).Open();
}
