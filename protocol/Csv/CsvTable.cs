using System.Collections.Frozen;

namespace OpenStage.Protocol.Csv;

/// <summary>A table of comma-separated values with a header line, read record by record and field by name.</summary>
public sealed class CsvTable
{
    private readonly CsvReader csv;
    private readonly string[] columns;
    private List<CsvField> fields = [];

    /// <param name="file">Name of the table in error messages.</param>
    /// <param name="columns">The columns that it must have, in order.</param>
    /// <exception cref="FormatException">The header is another one.</exception>
    public CsvTable(TextReader text, string file, params string[] columns)
    {
        csv = new CsvReader(text, file);
        this.columns = columns;
        var header = csv.Read();
        if (header is null || !header.Select(field => field.Value).SequenceEqual(columns, StringComparer.Ordinal))
            throw csv.Wrong(1, 1, $"the columns must be {string.Join(',', columns)}.");
    }

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="FormatException">The record is not RFC 4180 or has another number of fields; the message names line and column.</exception>
    public bool Next()
    {
        if (csv.Read() is not { } next)
            return false;
        if (next.Count != columns.Length)
            throw csv.Wrong(csv.RecordLine, next[^1].Column, $"{next.Count} columns, {columns.Length} are needed.");
        fields = next;
        return true;
    }

    public string Text(string column) => fields[Place(column)].Value;

    /// <exception cref="FormatException">The field is empty.</exception>
    public string Needed(string column) => Text(column).Length > 0 ? Text(column) : throw Wrong(column, "a text");

    /// <summary>The words of a field, which spaces divide.</summary>
    public IReadOnlyList<string> List(string column) => Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="FormatException">The field is none of the words.</exception>
    public T Word<T>(string column, FrozenDictionary<string, T> words) => words.TryGetValue(Text(column), out var word)
        ? word
        : throw Wrong(column, string.Join(", ", words.Keys.Order(StringComparer.Ordinal)));

    /// <summary>An exception that names file, line, column, value and what is allowed.</summary>
    public FormatException Wrong(string column, string allowed)
    {
        var field = fields[Place(column)];
        return csv.Wrong(field.Line, field.Column, $"{column} '{field.Value}' is not allowed; allowed is {allowed}.");
    }

    private int Place(string column) => Array.IndexOf(columns, column);
}
