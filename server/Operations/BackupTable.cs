using OpenStage.Server.Storage;

namespace OpenStage.Server.Operations;

/// <summary>A table in a backup: a part of JSON lines, each an array with a row's values.</summary>
/// <param name="Columns">In the order of the values.</param>
/// <param name="Sha256">Of the part, hex.</param>
internal sealed record BackupTable(string Name, IReadOnlyList<StoredColumn> Columns, long Rows, string Sha256)
{
    /// <summary>Name of the part in the file.</summary>
    public string Part() => PartOf(Name);

    public static string PartOf(string table) => $"tables/{table}.jsonl";
}
