using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Items;

/// <summary>All data items that are known, with what may be written to them.</summary>
public sealed class ItemCatalogue
{
    private static readonly Lazy<ItemCatalogue> Embedded = new(Load);

    private readonly FrozenDictionary<string, ItemDefinition> byName;
    private readonly ItemNames names;

    internal ItemCatalogue(IReadOnlyList<ItemDefinition> items)
    {
        All = items;
        byName = items.ToFrozenDictionary(item => item.Name, StringComparer.Ordinal);
        names = new ItemNames(items.Select(item => item.Name));
    }

    /// <summary>The catalogue that comes with this library.</summary>
    public static ItemCatalogue Default => Embedded.Value;

    /// <summary>All items in the order of the table.</summary>
    public IReadOnlyList<ItemDefinition> All { get; }

    public bool TryGet(string name, [NotNullWhen(true)] out ItemDefinition? definition) =>
        byName.TryGetValue(name, out definition);

    /// <summary>The one string of an item's name, or null when it is not known.</summary>
    /// <param name="utf8">The name in UTF-8.</param>
    public string? FindName(ReadOnlySpan<byte> utf8) => names.Find(utf8);

    /// <summary>Checks an item of a WriteItems; null means it may be written.</summary>
    public ItemFinding? CheckWrite(Item item)
    {
        if (!TryGet(item.Name, out var definition))
            return Unknown(item);
        return definition.Access switch
        {
            ItemAccess.ReadOnly => new ItemFinding(ItemStatus.ReadOnly, "an item that can be written", item.Name),
            // Parameters of other actions are not expected in WriteItems (WPI guide p.26).
            ItemAccess.ActionOnly => new ItemFinding(ItemStatus.UnexpectedItem, "an item of the phone, not of an action", item.Name),
            _ => CheckIndex(definition, item) ?? ItemValue.Check(definition, item.Value),
        };
    }

    /// <summary>Checks an item of a ReadItems; null means it may be read.</summary>
    public ItemFinding? CheckRead(Item item)
    {
        if (!TryGet(item.Name, out var definition))
            return Unknown(item);
        return definition.Access switch
        {
            // What a phone answers for these is not written anywhere; INFERRED.
            ItemAccess.WriteOnly => new ItemFinding(ItemStatus.Failed, "an item that can be read", item.Name),
            ItemAccess.ActionOnly => new ItemFinding(ItemStatus.UnexpectedItem, "an item of the phone, not of an action", item.Name),
            _ => CheckIndex(definition, item),
        };
    }

    private static ItemFinding? CheckIndex(ItemDefinition definition, Item item)
    {
        if (item.Index is not { } index)
        {
            return definition.Index == IndexRule.Required
                ? new ItemFinding(ItemStatus.InvalidIndex, $"an index from {definition.MinimumIndex}", "none")
                : null;
        }

        if (definition.Index == IndexRule.None)
            return index == 1 ? null : new ItemFinding(ItemStatus.InvalidIndex, "no index", $"index {index}");
        if (index >= definition.MinimumIndex && !(index > definition.MaximumIndex))
            return null;

        var allowed = definition.MaximumIndex is { } most ? $"{definition.MinimumIndex} to {most}" : $"{definition.MinimumIndex} or more";
        return new ItemFinding(ItemStatus.InvalidIndex, $"index {allowed}", $"index {index}");
    }

    private static ItemFinding Unknown(Item item) =>
        new(ItemStatus.UnknownItem, "the name of an item", ItemValue.Shortened(item.Name));

    private static ItemCatalogue Load()
    {
        using var stream = typeof(ItemCatalogue).Assembly.GetManifestResourceStream("items.csv")
            ?? throw new InvalidOperationException("The library was built without items.csv.");
        using var reader = new StreamReader(stream);
        return new ItemCatalogue(ItemTable.Read(reader));
    }
}
