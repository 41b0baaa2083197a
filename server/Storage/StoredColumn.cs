namespace OpenStage.Server.Storage;

/// <param name="Name">Name in the database.</param>
internal sealed record StoredColumn(string Name, ColumnKind Kind);
