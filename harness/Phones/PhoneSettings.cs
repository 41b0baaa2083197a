using System.Globalization;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Time;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Harness.Phones;

/// <summary>
/// What a phone's settings were before the run, and which of them cases have changed: sets them back, and proves it by
/// reading them.
/// </summary>
/// <param name="journal">Keeps what must be set back where a killed run leaves it; null for a phone that ends with the run.</param>
internal sealed class PhoneSettings(PhoneUnderTest phone, RestoreJournal? journal)
{
    private const int MostInstances = 10;

    private readonly Dictionary<ItemKey, string> before = [];
    private readonly HashSet<ItemKey> changed = [];
    private readonly Dictionary<ItemKey, string> kept = [];
    private bool all;

    /// <summary>True when a case may have left a setting other than it was.</summary>
    public bool AreTouched => all || changed.Count > 0;

    /// <summary>True when a factory reset may have taken every setting back.</summary>
    public bool AreAllTouched => all;

    /// <summary>Takes what the phone told as the state to go back to.</summary>
    public void Remember(IEnumerable<Item> items)
    {
        foreach (var item in items.Where(item => IsSetting(item.Name)))
            before[item.Key] = item.Value;
    }

    /// <summary>Asks the phone for the known settings that it has not told: its whole set need not name what stands at its default.</summary>
    /// <param name="keep">A setting to change for as long as the run goes on; null for none.</param>
    /// <returns>Whether <paramref name="keep"/> was taken; when not, it is as it was.</returns>
    public async Task<bool> LearnAsync(ILabTime time, Item? keep)
    {
        var missing = ItemCatalogue.Default.All.Where(item => item.Access == ItemAccess.ReadWrite).SelectMany(Keys).Where(key => !before.ContainsKey(key)).ToList();
        using var talk = await phone.SolicitAsync(time);
        foreach (var (key, value) in await ReadAsync(talk, missing))
            before[key] = value;
        var isTaken = keep is { } kept && await KeepAsync(talk, kept);
        await talk.EndAsync();
        return isTaken;
    }

    /// <summary>What a setting was before the run; null when the phone told none.</summary>
    public string? Before(ItemKey key) => before.GetValueOrDefault(key);

    /// <summary>Looks at what is about to be sent to the phone: what it writes must be set back.</summary>
    public void Sending(ReadOnlyMemory<byte> body)
    {
        var message = DlsReader.Read(body).Message;
        if (message?.Action == ServerAction.WriteItems)
            Changing(message.Items ?? []);
        else if (message?.Action == ServerAction.Restart && message.Items is { Count: > 0 })
            ChangingAll();
    }

    /// <summary>These are about to be changed.</summary>
    public void Changing(IEnumerable<Item> items)
    {
        changed.UnionWith(items.Select(item => item.Key).Where(key => IsSetting(key.Name)));
        Journal();
    }

    /// <summary>Anything may be changed, as by a factory reset.</summary>
    public void ChangingAll()
    {
        all = true;
        Journal();
    }

    private async Task<bool> KeepAsync(Conversations.Conversation talk, Item item)
    {
        kept[item.Key] = before.GetValueOrDefault(item.Key, "");
        Journal();
        await talk.AskAsync(ServerAction.WriteItems, item);
        var told = await ReadAsync(talk, [item.Key]);
        changed.Remove(item.Key);
        var isTaken = told.GetValueOrDefault(item.Key) == item.Value;
        if (isTaken)
            before[item.Key] = item.Value;
        else
            kept.Remove(item.Key);
        Journal();
        return isTaken;
    }

    /// <summary>Sets back what was changed for the time of the run.</summary>
    /// <returns>As <see cref="RestoreAsync"/>.</returns>
    public Task<IReadOnlyList<NotRestoredEntry>> ReleaseAsync(ILabTime time)
    {
        foreach (var (key, value) in kept)
            before[key] = value;
        changed.UnionWith(kept.Keys);
        kept.Clear();
        return RestoreAsync("", time);
    }

    /// <summary>Sets back what is other than it was.</summary>
    /// <returns>What could not be set back, or not be proven; empty when all is as before.</returns>
    public async Task<IReadOnlyList<NotRestoredEntry>> RestoreAsync(string caseId, ILabTime time)
    {
        if (!AreTouched)
            return [];
        var keys = (all ? before.Keys.Union(changed) : changed).OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Index).ToList();
        var left = new List<NotRestoredEntry>();
        try
        {
            using var talk = await phone.SolicitAsync(time);
            // After a factory reset only what differs: the whole set would be hundreds of items.
            var wanted = all ? Wrong(await ReadAsync(talk, keys), keys) : keys;
            Item[] known = [.. wanted.Where(before.ContainsKey).Select(key => new Item(key.Name, before[key], key.Index))];
            if (known.Length > 0)
                await talk.AskAsync(ServerAction.WriteItems, known);
            var wrong = Wrong(await ReadAsync(talk, keys), keys);
            await talk.EndAsync();
            left.AddRange(wrong.Select(key => NotRestored(caseId, key, before.ContainsKey(key)
                ? "it was written back, and reading it tells another value" : "the phone had not told what it was")));
            left.AddRange(keys.Where(IsUnreadable).Select(key => NotRestored(caseId, key, "it cannot be read, so that nobody knows what it was")));
        }
        catch (Exception failed) when (failed is ConformanceException or LabErrorException or NoConsentException)
        {
            left.AddRange(keys.Select(key => NotRestored(caseId, key, $"the phone could not be asked: {failed.Message.ReplaceLineEndings(" ")}")));
        }

        // What could not be set back is told once, and not tried again after every later case.
        changed.Clear();
        all = false;
        if (left.Count == 0)
            Journal();
        return left;
    }

    /// <summary>What a phone tells that is not as it was. An item that was never there and is not there now is as it was.</summary>
    private List<ItemKey> Wrong(Dictionary<ItemKey, string> now, IEnumerable<ItemKey> keys) =>
        [.. keys.Where(key => now.TryGetValue(key, out var value) && value != before.GetValueOrDefault(key, ""))];

    private static async Task<Dictionary<ItemKey, string>> ReadAsync(Conversations.Conversation talk, IReadOnlyList<ItemKey> keys)
    {
        var told = new Dictionary<ItemKey, string>();
        foreach (var item in await talk.ReadAsync(ServerAction.ReadItems, [.. keys.Select(key => new Item(key.Name, "", key.Index))]))
        {
            if (item.Status is null)
                told[Key(item)] = item.Text;
        }

        return told;
    }

    /// <summary>The instances of an item that are asked for; of long lists, such as keys, only the first.</summary>
    private static IEnumerable<ItemKey> Keys(ItemDefinition item) => item.Index == IndexRule.Required
        ? Enumerable.Range(item.MinimumIndex, Math.Min(MostInstances, (item.MaximumIndex ?? int.MaxValue) - item.MinimumIndex + 1)).Select(index => new ItemKey(item.Name, index))
        : [new ItemKey(item.Name)];

    private static ItemKey Key(WireItem item) =>
        new(item.Name, int.TryParse(item.Index, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null);

    /// <summary>A setting that was written and that no reading tells; an emulated phone is not there any more after the run.</summary>
    private bool IsUnreadable(ItemKey key) => phone.Entry.Kind == PhoneKind.Physical
        && ItemCatalogue.Default.TryGet(key.Name, out var item) && item.Access == ItemAccess.WriteOnly;

    private static bool IsSetting(string name) =>
        ItemCatalogue.Default.TryGet(name, out var item) && item.Access is ItemAccess.ReadWrite or ItemAccess.WriteOnly;

    private NotRestoredEntry NotRestored(string caseId, ItemKey key, string reason) =>
        new(phone.Entry.Id, caseId, key.Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{key.Name}[{index}]") : key.Name, reason);

    /// <summary>Written before the phone is told, so that a kill at any moment leaves what must be set back.</summary>
    private void Journal() => journal?.Write([.. (all ? before.Keys : changed.Where(before.ContainsKey)).Union(kept.Keys)
        .Select(key => new Item(key.Name, kept.GetValueOrDefault(key) ?? before[key], key.Index))]);
}
