using System.Runtime.InteropServices;

namespace OpenStage.Protocol.Messages;

/// <summary>Finds items in lists of them.</summary>
public static class ItemLists
{
    /// <summary>The first item of this name, or null.</summary>
    public static Item? Find(this IEnumerable<Item> items, string name)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items is List<Item> read)
            return Find(CollectionsMarshal.AsSpan(read), name);
        foreach (var item in items)
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

    /// <summary>Without a copy of each: a message read has its items in a list, hundreds of them.</summary>
    private static Item? Find(ReadOnlySpan<Item> items, string name)
    {
        foreach (ref readonly var item in items)
        {
            if (item.Name == name)
                return item;
        }

        return null;
    }
}
