using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Fragments;

/// <summary>Splits what a service wants to write into several WriteItems (WPI guide p.71).</summary>
public static class ItemSplitter
{
    /// <summary>Splits items, in order, so that each part respects the phone's limits.</summary>
    /// <remarks>
    /// Items that belong together must be in one message (p.71): the items of one index of one table, such as all of
    /// key 3, where keys and lines are one table.
    /// </remarks>
    /// <param name="maxItems">The phone's maxItems; null or -1 for no limit (p.28).</param>
    /// <param name="maxBytes">Most bytes a message, 50 kB by the guide (p.69).</param>
    public static IReadOnlyList<IReadOnlyList<Item>> Split(IReadOnlyList<Item> items, int? maxItems, int maxBytes)
    {
        // 64 bytes are room for any nonce a phone sends beyond the guide's 32 digits.
        var frame = DlsWriter.Write(new DlsMessage { Nonce = new string('0', 64), Action = ServerAction.WriteItems, Items = [] }).Length + 32;
        var bundles = new Dictionary<(string Table, int? Index, int Position), List<Item>>();
        for (var position = 0; position < items.Count; position++)
        {
            var item = items[position];
            var key = item.Index is null ? ("", null, position) : (TableOf(item.Name), item.Index, 0);
            if (!bundles.TryGetValue(key, out var bundle))
                bundles.Add(key, bundle = []);
            bundle.Add(item);
        }

        return Packing.Pack(bundles.Values, maxItems, Math.Max(1, maxBytes - frame));
    }

    private static string TableOf(string name)
    {
        var group = ItemCatalogue.Default.TryGet(name, out var definition) ? definition.Group : "";
        return group == "line" ? "keys" : group;
    }
}
