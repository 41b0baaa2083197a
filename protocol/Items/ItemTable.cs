using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace OpenStage.Protocol.Items;

/// <summary>Reads the table of items: comma-separated values, quoted where needed (RFC 4180), one header line.</summary>
internal static class ItemTable
{
    private static readonly string[] Columns =
    [
        "name", "group", "index", "minimumIndex", "maximumIndex", "type", "minimum", "maximum", "maximumLength",
        "choices", "default", "access", "availability", "source", "meaning",
    ];

    /// <exception cref="FormatException">The table is broken; the message names line and column.</exception>
    public static IReadOnlyList<ItemDefinition> Read(TextReader text)
    {
        var lineNumber = 1;
        var header = Fields(text, ref lineNumber);
        if (header is null || !header.SequenceEqual(Columns))
            throw new FormatException($"items.csv, line 1: the columns must be {string.Join(',', Columns)}.");

        var items = new List<ItemDefinition>();
        while (true)
        {
            var line = lineNumber;
            if (Fields(text, ref lineNumber) is not { } fields)
                return items;
            if (fields.Count != Columns.Length)
                throw new FormatException($"items.csv, line {line}: {fields.Count} columns, {Columns.Length} are needed.");
            items.Add(Definition(fields, line));
        }
    }

    private static ItemDefinition Definition(List<string> fields, int line) => new()
    {
        Name = fields[0],
        Group = fields[1],
        Index = fields[2] switch
        {
            "none" => IndexRule.None,
            "optional" => IndexRule.Optional,
            "required" => IndexRule.Required,
            _ => throw Wrong(fields, line, 2, "none, optional, required"),
        },
        MinimumIndex = Number(fields, line, 3) ?? 1,
        MaximumIndex = Number(fields, line, 4),
        Type = Enum.TryParse<ItemType>(fields[5].Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var type)
            ? type
            : throw Wrong(fields, line, 5, string.Join(", ", Enum.GetNames<ItemType>())),
        Minimum = Number(fields, line, 6),
        Maximum = Number(fields, line, 7),
        MaximumLength = Number(fields, line, 8),
        Choices = fields[9].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(choice => choice.Split('=', 2))
            .ToFrozenDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "", StringComparer.Ordinal),
        Default = fields[10],
        Access = fields[11] switch
        {
            "rw" => ItemAccess.ReadWrite,
            "r" => ItemAccess.ReadOnly,
            "w" => ItemAccess.WriteOnly,
            "action" => ItemAccess.ActionOnly,
            _ => throw Wrong(fields, line, 11, "rw, r, w, action"),
        },
        Availability = fields[12],
        Source = fields[13],
        Meaning = fields[14],
    };

    private static int? Number(List<string> fields, int line, int column)
    {
        if (fields[column].Length == 0)
            return null;
        return int.TryParse(fields[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(fields, line, column, "a whole number or nothing");
    }

    private static FormatException Wrong(List<string> fields, int line, int column, string allowed) =>
        new($"items.csv, line {line}, column {Columns[column]}: '{fields[column]}' is not allowed; allowed is {allowed}.");

    private static List<string>? Fields(TextReader text, ref int lineNumber)
    {
        if (text.Peek() < 0)
            return null;

        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        while (true)
        {
            var next = text.Read();
            if (quoted && next == '"' && text.Peek() == '"')
            {
                text.Read();
                field.Append('"');
            }
            else if (next == '"' && (quoted || field.Length == 0))
            {
                quoted = !quoted;
            }
            else if (next < 0 && quoted)
            {
                throw new FormatException($"items.csv, line {lineNumber}: a quote is not closed.");
            }
            else if (next < 0 || (next == '\n' && !quoted))
            {
                lineNumber++;
                fields.Add(field.ToString());
                return fields;
            }
            else if (next == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (next != '\r' || quoted)
            {
                field.Append((char)next);
            }
        }
    }
}
