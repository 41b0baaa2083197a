using System.Runtime.InteropServices;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Messages;

/// <summary>Finds items in lists of them.</summary>
public static class ItemLists
{
    /// <summary>The first item of this name, or null.</summary>
    public static Item? Find(this IEnumerable<Item> items, string name)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (ref readonly var item in items.AsSpan())
        {
            if (item.Name == name)
                return item;
        }

        return null;
    }

    /// <summary>The first item of this name and index, or null.</summary>
    public static Item? Find(this IEnumerable<Item> items, ItemKey key)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
        {
            if (item.Key == key)
                return item;
        }

        return null;
    }

    /// <summary>The items, to be walked without a copy of each: a message read has hundreds of them in a list. For as long as the list stays as it is.</summary>
    public static ReadOnlySpan<Item> AsSpan(this IEnumerable<Item> items) => items switch
    {
        List<Item> read => CollectionsMarshal.AsSpan(read),
        Item[] made => made,
        DeferredItems deferred => CollectionsMarshal.AsSpan(deferred.Read()),
        _ => items.ToArray(),
    };
}
