namespace OpenStage.Server.Operations;

/// <summary>What a backup file says of itself.</summary>
internal sealed record BackupManifest
{
    public const string FormatName = "openstage-server-backup";
    public const int FormatNumber = 1;

    public string Format { get; init; } = "";

    public int FormatVersion { get; init; }

    /// <summary>Version of the schema that the rows have.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>Names the key that the records are sealed with.</summary>
    public string KeyId { get; init; } = "";

    public DateTimeOffset Created { get; init; }

    public IReadOnlyList<BackupTable> Tables { get; init; } = [];
}
