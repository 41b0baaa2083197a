using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Devices;

/// <summary>Puts what a phone tells to what is known of its items: a pure function.</summary>
internal static class ItemKnowledge
{
    /// <summary>Items that tell of the message or of the moment; their changes are no changes of the phone.</summary>
    private static readonly HashSet<string> Passing =
    [
        "configuration-changed-flag", "configuration-attached-flag", "configuration-attached-number", "requested-items",
        "modified-items", "contact-me-uri", "bootstrapping-tan", "cleanup-reason",
    ];

    /// <param name="all">True when these are all items but certificates (WPI guide p.30): what is not among them is gone.</param>
    /// <returns>All items in order of their names, and what changed.</returns>
    public static (IReadOnlyList<DeviceItem> Items, IReadOnlyList<ItemChange> Changes) Learn(
        IReadOnlyList<DeviceItem> known, IReadOnlyList<Item> told, bool all, DateTimeOffset at)
    {
        var items = new SortedDictionary<(string Name, int Index), DeviceItem>(Order.Instance);
        foreach (var item in known)
            items[Key(item.Name, item.Index)] = item;
        var changes = new List<ItemChange>();
        var seen = new HashSet<(string, int)>();
        foreach (var item in told.Where(item => item.Name.Length > 0))
        {
            var key = Key(item.Name, item.Index);
            seen.Add(key);
            var status = item.Status == ItemStatus.None ? "" : item.StatusText ?? Wording.Of(item.Status);
            var before = items.GetValueOrDefault(key);
            if (before is not null && before.Value == item.Value && before.Status == status)
                continue;
            items[key] = new DeviceItem(item.Name, item.Index, item.Value, status, at);
            if (before?.Value != item.Value && !Passing.Contains(item.Name))
                changes.Add(new ItemChange(at, item.Name, item.Index, before?.Value, item.Value));
        }

        if (all)
        {
            foreach (var (key, gone) in items.Where(item => !seen.Contains(item.Key) && !item.Key.Name.Contains("certificate", StringComparison.Ordinal)).ToList())
            {
                items.Remove(key);
                if (!Passing.Contains(gone.Name))
                    changes.Add(new ItemChange(at, gone.Name, gone.Index, gone.Value, null));
            }
        }

        return ([.. items.Values], changes);
    }

    private static (string Name, int Index) Key(string name, int? index) => (name, index ?? -1);

    private sealed class Order : IComparer<(string Name, int Index)>
    {
        public static readonly Order Instance = new();

        public int Compare((string Name, int Index) x, (string Name, int Index) y)
        {
            var byName = string.CompareOrdinal(x.Name, y.Name);
            return byName != 0 ? byName : x.Index.CompareTo(y.Index);
        }
    }
}
