using System.Collections.Frozen;
using System.Globalization;
using OpenStage.Protocol.Csv;

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

    private readonly CsvTable table;

    private ItemTable(TextReader text) => table = new CsvTable(text, File, Columns);

    /// <exception cref="FormatException">The table is broken; the message names line and column.</exception>
    public static IReadOnlyList<ItemDefinition> Read(TextReader text) => new ItemTable(text).ReadAll();

    private List<ItemDefinition> ReadAll()
    {
        var items = new List<ItemDefinition>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (table.Next())
        {
            var item = Definition();
            if (item.Name.Length == 0 || !names.Add(item.Name))
                throw table.Wrong("name", "a name that no other item has");
            items.Add(item);
        }

        return items;
    }

    private ItemDefinition Definition()
    {
        var type = table.Word("type", Types);
        return new ItemDefinition
        {
            Name = table.Text("name"),
            Group = table.Text("group"),
            Index = table.Word("index", IndexRules),
            MinimumIndex = Number("minimumIndex") ?? 1,
            MaximumIndex = Number("maximumIndex"),
            Type = type,
            Minimum = Number("minimum"),
            Maximum = Number("maximum"),
            MaximumLength = Number("maximumLength"),
            Choices = Choices("choices", type),
            Default = table.Text("default"),
            Access = table.Word("access", Accesses),
            Availability = table.Text("availability"),
            Source = table.Text("source"),
            GuidePage = GuidePage(table.Text("source")),
            Meaning = table.Text("meaning"),
        };
    }

    private FrozenDictionary<string, string> Choices(string column, ItemType type)
    {
        var choices = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var choice in table.Text(column).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = choice.Split('=', 2);
            if (!choices.TryAdd(parts[0], parts.Length > 1 ? parts[1] : ""))
                throw table.Wrong(column, "each code once");
        }

        if (choices.Count > 0 != (type == ItemType.Choice))
            throw table.Wrong(column, "codes for a choice, and nothing for any other type");
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

    private int? Number(string column)
    {
        if (table.Text(column).Length == 0)
            return null;
        return int.TryParse(table.Text(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw table.Wrong(column, "a whole number or nothing");
    }
}
