namespace OpenStage.Protocol.Items;

/// <summary>One field of a table and where it begins, both from 1.</summary>
internal readonly record struct CsvField(string Value, int Line, int Column);
