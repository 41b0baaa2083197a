using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Fragments;

/// <summary>Fills messages with items that must stay in one message, up to a number of items and of bytes.</summary>
internal static class Packing
{
    /// <summary>
    /// Packs bundles in order. A bundle that alone is beyond a limit is split item by item: a message that the phone
    /// cannot take helps nobody.
    /// </summary>
    /// <param name="maxItems">Most items a message; null or -1 for no limit (WPI guide p.28).</param>
    /// <param name="maxItemBytes">Most bytes of items a message.</param>
    public static IReadOnlyList<IReadOnlyList<Item>> Pack(
        IEnumerable<IReadOnlyList<Item>> bundles, int? maxItems, int maxItemBytes)
    {
        var most = maxItems is > 0 ? maxItems.Value : int.MaxValue;
        var parts = new List<IReadOnlyList<Item>>();
        var part = new List<Item>();
        var partBytes = 0;

        foreach (var bundle in bundles)
        {
            var bytes = bundle.Sum(MessageText.SizeOf);
            if (Fits(bundle.Count, bytes))
            {
                Add(bundle, bytes);
            }
            else if (bundle.Count <= most && bytes <= maxItemBytes)
            {
                Close();
                Add(bundle, bytes);
            }
            else
            {
                foreach (var item in bundle)
                {
                    var size = MessageText.SizeOf(item);
                    if (!Fits(1, size))
                        Close();
                    Add([item], size);
                }
            }
        }

        Close();
        return parts;

        bool Fits(int count, int bytes) => part.Count + count <= most && partBytes + bytes <= maxItemBytes;

        void Add(IReadOnlyList<Item> items, int bytes)
        {
            part.AddRange(items);
            partBytes += bytes;
        }

        void Close()
        {
            if (part.Count > 0)
                parts.Add(part);
            part = [];
            partBytes = 0;
        }
    }
}
