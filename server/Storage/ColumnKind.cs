namespace OpenStage.Server.Storage;

/// <summary>What a column holds, whichever database it is in.</summary>
internal enum ColumnKind
{
    Text,

    /// <summary>Whole numbers up to 64 bits.</summary>
    Integer,

    Bytes,
}
