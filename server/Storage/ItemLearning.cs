using System.Buffers;
using System.Text;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Storage;

/// <summary>
/// Puts what a phone tells to what the store has of its items: a pure function. Bytes are held against bytes, for phones
/// tell hundreds of items of which hardly any has changed, in the order in which they told them before.
/// </summary>
internal sealed class ItemLearning
{
    private const int None = -1;

    /// <summary>Items that tell of their message: they are nothing that a phone has.</summary>
    private static readonly HashSet<string> OfMessages =
    [
        "configuration-changed-flag", "configuration-attached-flag", "configuration-attached-number", "requested-items",
        "modified-items", "bootstrapping-tan", "cleanup-reason",
    ];

    /// <summary>Items whose changes are no changes of the phone.</summary>
    private static readonly HashSet<string> Passing = ["contact-me-uri"];

    private readonly StoredItems known;
    private readonly DateTimeOffset at;
    private readonly List<ItemChange> changes = [];

    /// <summary>The items known, in their order, then those that are new.</summary>
    private readonly List<Slot> slots;

    /// <summary>All slots by their keys, once something is told out of turn.</summary>
    private Dictionary<ItemKey, int>? places;

    private ItemLearning(StoredItems known, int told, DateTimeOffset at)
    {
        this.known = known;
        this.at = at;
        slots = new List<Slot>(Math.Max(known.Count, told));
        for (var place = 0; place < known.Count; place++)
            slots.Add(default);
    }

    /// <param name="known">What the store has.</param>
    /// <param name="all">True when these are all items but certificates (WPI guide p.30): what is not among them is gone.</param>
    public static LearnedItems Learn(StoredItems known, IReadOnlyList<Item> told, bool all, DateTimeOffset at)
    {
        var learning = new ItemLearning(known, told.Count, at);
        var items = told.AsSpan();
        var meant = ArrayPool<int>.Shared.Rent(items.Length);
        try
        {
            var isSame = learning.Take(items, meant);
            var hasGone = all && learning.Forget();
            if (isSame && !hasGone && (known.AreAll || !all))
                return new LearnedItems(null, learning.changes, HasOnlyMore: true);
            var places = all ? meant.AsSpan(0, items.Length) : default;
            return new LearnedItems(learning.Write(items, places, all || known.AreAll), learning.changes, !hasGone && learning.HasOnlyMore());
        }
        finally
        {
            ArrayPool<int>.Shared.Return(meant);
        }
    }

    /// <summary>Finds the slot of each item told, and what is another there.</summary>
    /// <returns>True when nothing is.</returns>
    private bool Take(ReadOnlySpan<Item> told, Span<int> meant)
    {
        var isSame = true;
        var next = 0;
        for (var place = 0; place < told.Length; place++)
        {
            ref readonly var item = ref told[place];
            var slot = next < known.Count && known.Is(next, item.Name, item.Index) ? next : Find(item);
            meant[place] = slot;
            if (slot == None)
                continue;
            next = slot + 1;
            isSame &= Take(told, place, slot);
        }

        return isSame;
    }

    /// <returns>True when the item is what it was.</returns>
    private bool Take(ReadOnlySpan<Item> told, int place, int slot)
    {
        ref readonly var item = ref told[place];
        var status = StatusOf(item);
        var before = slots[slot];
        // What one message tells twice is what it tells last.
        var (isSameValue, isSameStatus) = before.IsAnew ? (told[before.Told].Text == item.Text, StatusOf(told[before.Told]) == status)
            : slot < known.Count ? (item.Text.Is(known.Value(slot)), known.HasStatus(slot, status))
            : (false, false);
        if (isSameValue && isSameStatus)
        {
            slots[slot] = before with { IsTold = true };
            return true;
        }

        if (!isSameValue && !Passing.Contains(item.Name))
        {
            var was = before.IsAnew ? told[before.Told].Value : slot < known.Count ? Encoding.UTF8.GetString(known.Value(slot)) : null;
            // An item that was not asked for so far is no change of the phone.
            if (was is not null || known.AreAll)
                changes.Add(new ItemChange(at, item.Name, item.Index, was, item.Value));
        }

        slots[slot] = new Slot(IsTold: true, IsAnew: true, place);
        return false;
    }

    /// <summary>True when nothing that was known is another now, neither an item nor that there are no others.</summary>
    private bool HasOnlyMore() => !known.AreAll && !slots.Take(known.Count).Any(slot => slot.IsAnew);

    /// <summary>The slot of an item that is not the one expected next.</summary>
    private int Find(in Item item)
    {
        if (item.Name.Length == 0 || OfMessages.Contains(item.Name))
            return None;
        if (places is null)
        {
            places = new Dictionary<ItemKey, int>(slots.Capacity);
            for (var place = 0; place < known.Count; place++)
                places[known.Key(place)] = place;
        }

        if (places.TryGetValue(item.Key, out var slot))
            return slot;
        places.Add(item.Key, slots.Count);
        slots.Add(default);
        return slots.Count - 1;
    }

    /// <summary>Takes out what a phone that told all did not tell, but for certificates and what it said it cannot tell.</summary>
    /// <returns>True when something went.</returns>
    private bool Forget()
    {
        var hasGone = false;
        for (var slot = known.Count - 1; slot >= 0; slot--)
        {
            if (slots[slot].IsTold || !known.HasStatus(slot, "") || known.Name(slot).IndexOf("certificate"u8) >= 0)
                continue;
            hasGone = true;
            slots[slot] = slots[slot] with { IsDone = true };
            var key = known.Key(slot);
            if (!Passing.Contains(key.Name) && !OfMessages.Contains(key.Name))
                changes.Add(new ItemChange(at, key.Name, key.Index, Encoding.UTF8.GetString(known.Value(slot)), null));
        }

        return hasGone;
    }

    /// <summary>Writes what is known now: in the order told, that the next message can be held against it; then the rest.</summary>
    private byte[] Write(ReadOnlySpan<Item> told, ReadOnlySpan<int> meant, bool areAll)
    {
        var stored = new StoredItems.Writer(slots.Count, areAll);
        foreach (var slot in meant)
        {
            if (slot != None)
                Write(stored, told, slot);
        }

        for (var slot = 0; slot < slots.Count; slot++)
            Write(stored, told, slot);
        return stored.End();
    }

    private void Write(StoredItems.Writer stored, ReadOnlySpan<Item> told, int slot)
    {
        var now = slots[slot];
        if (now.IsDone)
            return;
        slots[slot] = now with { IsDone = true };
        if (!now.IsAnew)
        {
            stored.Copy(known, slot);
            return;
        }

        ref readonly var item = ref told[now.Told];
        stored.Add(item.Name, item.Index, item.Text, StatusOf(item), at);
    }

    private static string StatusOf(in Item item) => item.Status == ItemStatus.None ? "" : item.StatusText ?? Wording.Of(item.Status);

    /// <param name="IsTold">The message tells it.</param>
    /// <param name="IsAnew">Its value or status is another than the store has.</param>
    /// <param name="Told">If so, the place of the item that tells it.</param>
    /// <param name="IsDone">Written, or gone.</param>
    private readonly record struct Slot(bool IsTold, bool IsAnew, int Told, bool IsDone = false);
}
