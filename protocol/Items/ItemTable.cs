using System.Collections.Frozen;
using System.Globalization;

namespace OpenStage.Protocol.Items;

/// <summary>Reads the table of items: comma-separated values, quoted where needed (RFC 4180), one header line.</summary>
internal sealed class ItemTable
{
    private const string File = "items.csv";
    private const string GuideTag = "guide p.";

    private static readonly string[] Columns =
    [
        "name", "group", "index", "minimumIndex", "maximumIndex", "type", "minimum", "maximum", "maximumLength",
        "choices", "default", "access", "availability", "source", "meaning",
    ];

    private static readonly FrozenDictionary<string, IndexRule> IndexRules = new Dictionary<string, IndexRule>
    {
        ["none"] = IndexRule.None,
        ["optional"] = IndexRule.Optional,
        ["required"] = IndexRule.Required,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ItemType> Types = new Dictionary<string, ItemType>
    {
        ["text"] = ItemType.Text,
        ["boolean"] = ItemType.Boolean,
        ["number"] = ItemType.Number,
        ["choice"] = ItemType.Choice,
        ["host"] = ItemType.Host,
        ["mac"] = ItemType.Mac,
        ["password"] = ItemType.Password,
        ["binary"] = ItemType.Binary,
        ["certificate"] = ItemType.Certificate,
        ["url"] = ItemType.Url,
        ["date-time"] = ItemType.DateTime,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ItemAccess> Accesses = new Dictionary<string, ItemAccess>
    {
        ["rw"] = ItemAccess.ReadWrite,
        ["r"] = ItemAccess.ReadOnly,
        ["w"] = ItemAccess.WriteOnly,
        ["action"] = ItemAccess.ActionOnly,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly CsvReader csv;

    private ItemTable(TextReader text) => csv = new CsvReader(text, File);

    /// <exception cref="FormatException">The table is broken; the message names line and column.</exception>
    public static IReadOnlyList<ItemDefinition> Read(TextReader text) => new ItemTable(text).ReadAll();

    private List<ItemDefinition> ReadAll()
    {
        var header = csv.Read();
        if (header is null || !header.Select(field => field.Value).SequenceEqual(Columns, StringComparer.Ordinal))
            throw csv.Wrong(1, 1, $"the columns must be {string.Join(',', Columns)}.");

        var items = new List<ItemDefinition>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (csv.Read() is { } fields)
        {
            if (fields.Count != Columns.Length)
                throw csv.Wrong(csv.RecordLine, fields[^1].Column, $"{fields.Count} columns, {Columns.Length} are needed.");
            var item = Definition(fields);
            if (item.Name.Length == 0 || !names.Add(item.Name))
                throw Wrong(fields, 0, "a name that no other item has");
            items.Add(item);
        }

        return items;
    }

    private ItemDefinition Definition(List<CsvField> fields)
    {
        var type = Word(fields, 5, Types);
        return new ItemDefinition
        {
            Name = fields[0].Value,
            Group = fields[1].Value,
            Index = Word(fields, 2, IndexRules),
            MinimumIndex = Number(fields, 3) ?? 1,
            MaximumIndex = Number(fields, 4),
            Type = type,
            Minimum = Number(fields, 6),
            Maximum = Number(fields, 7),
            MaximumLength = Number(fields, 8),
            Choices = Choices(fields, 9, type),
            Default = fields[10].Value,
            Access = Word(fields, 11, Accesses),
            Availability = fields[12].Value,
            Source = fields[13].Value,
            GuidePage = GuidePage(fields[13].Value),
            Meaning = fields[14].Value,
        };
    }

    private FrozenDictionary<string, string> Choices(List<CsvField> fields, int column, ItemType type)
    {
        var choices = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var choice in fields[column].Value.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = choice.Split('=', 2);
            if (!choices.TryAdd(parts[0], parts.Length > 1 ? parts[1] : ""))
                throw Wrong(fields, column, "each code once");
        }

        if (choices.Count > 0 != (type == ItemType.Choice))
            throw Wrong(fields, column, "codes for a choice, and nothing for any other type");
        return choices.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The first page of the guide that a source such as <c>field; guide p.48</c> names.</summary>
    private static int? GuidePage(string source)
    {
        foreach (var tag in source.Split("; "))
        {
            if (tag.StartsWith(GuideTag, StringComparison.Ordinal)
                && int.TryParse(tag.AsSpan(GuideTag.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var page))
                return page;
        }

        return null;
    }

    private T Word<T>(List<CsvField> fields, int column, FrozenDictionary<string, T> words) =>
        words.TryGetValue(fields[column].Value, out var word)
            ? word
            : throw Wrong(fields, column, string.Join(", ", words.Keys.Order(StringComparer.Ordinal)));

    private int? Number(List<CsvField> fields, int column)
    {
        if (fields[column].Value.Length == 0)
            return null;
        return int.TryParse(fields[column].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(fields, column, "a whole number or nothing");
    }

    private FormatException Wrong(List<CsvField> fields, int column, string allowed) =>
        csv.Wrong(fields[column].Line, fields[column].Column, $"{Columns[column]} '{fields[column].Value}' is not allowed; allowed is {allowed}.");
}
