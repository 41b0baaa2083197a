using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Devices;

/// <summary>Puts what a phone tells to what is known of its items: a pure function.</summary>
internal static class ItemKnowledge
{
    /// <summary>Items that tell of their message: they are nothing that a phone has.</summary>
    private static readonly HashSet<string> OfMessages =
    [
        "configuration-changed-flag", "configuration-attached-flag", "configuration-attached-number", "requested-items",
        "modified-items", "bootstrapping-tan", "cleanup-reason",
    ];

    /// <summary>Items whose changes are no changes of the phone.</summary>
    private static readonly HashSet<string> Passing = ["contact-me-uri"];

    /// <param name="known">In order of their names.</param>
    /// <param name="all">True when these are all items but certificates (WPI guide p.30): what is not among them is gone.</param>
    /// <returns>All items in order of their names, what changed, and whether all is as it was.</returns>
    public static (IReadOnlyList<DeviceItem> Items, IReadOnlyList<ItemChange> Changes, bool AreSame) Learn(
        IReadOnlyList<DeviceItem> known, IReadOnlyList<Item> told, bool all, DateTimeOffset at)
    {
        var items = new List<DeviceItem>(known);
        var places = new Dictionary<ItemKey, int>(known.Count + told.Count);
        for (var place = 0; place < items.Count; place++)
            places[new ItemKey(items[place].Name, items[place].Index)] = place;
        var isTold = new bool[known.Count];
        var changes = new List<ItemChange>();
        var areSame = true;
        foreach (var item in told)
        {
            if (item.Name.Length == 0 || OfMessages.Contains(item.Name))
                continue;
            var isKnown = places.TryGetValue(item.Key, out var place);
            var before = isKnown ? items[place] : null;
            if (isKnown && place < known.Count)
                isTold[place] = true;
            var status = item.Status == ItemStatus.None ? "" : item.StatusText ?? Wording.Of(item.Status);
            if (before is not null && before.Value == item.Value && before.Status == status)
                continue;
            areSame = false;
            var now = new DeviceItem(item.Name, item.Index, item.Value, status, at);
            if (isKnown)
            {
                items[place] = now;
            }
            else
            {
                places.Add(item.Key, items.Count);
                items.Add(now);
            }

            if (before?.Value != item.Value && !Passing.Contains(item.Name))
                changes.Add(new ItemChange(at, item.Name, item.Index, before?.Value, item.Value));
        }

        if (all)
            areSame &= !Forget(items, isTold, changes, at);
        if (items.Count != known.Count || !areSame)
            items.Sort(static (one, other) => Compare(one, other));
        return (items, changes, areSame);
    }

    /// <summary>Takes out what a phone that told all did not tell, but for certificates and what it said it cannot tell.</summary>
    private static bool Forget(List<DeviceItem> items, bool[] isTold, List<ItemChange> changes, DateTimeOffset at)
    {
        var before = items.Count;
        for (var place = isTold.Length - 1; place >= 0; place--)
        {
            var gone = items[place];
            if (isTold[place] || gone.Status.Length > 0 || gone.Name.Contains("certificate", StringComparison.Ordinal))
                continue;
            items.RemoveAt(place);
            if (!Passing.Contains(gone.Name) && !OfMessages.Contains(gone.Name))
                changes.Add(new ItemChange(at, gone.Name, gone.Index, gone.Value, null));
        }

        return items.Count != before;
    }

    private static int Compare(DeviceItem one, DeviceItem other)
    {
        var byName = string.CompareOrdinal(one.Name, other.Name);
        return byName != 0 ? byName : (one.Index ?? -1).CompareTo(other.Index ?? -1);
    }
}
