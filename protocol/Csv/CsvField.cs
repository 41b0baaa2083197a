namespace OpenStage.Protocol.Csv;

/// <summary>One field of a table and where it begins, both from 1.</summary>
public readonly record struct CsvField(string Value, int Line, int Column);
