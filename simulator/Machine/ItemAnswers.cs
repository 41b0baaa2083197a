using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Machine;

/// <summary>What a phone says to items that are read or written.</summary>
internal sealed class ItemAnswers(PhoneModel model, PhoneMemory memory)
{
    private static readonly ItemCatalogue Catalogue = ItemCatalogue.Default;

    /// <summary>The whole set of items, certificates excluded (WPI guide p.30); those of start-up come first.</summary>
    public IReadOnlyList<Item> ReadAll(IReadOnlyList<Item> startUp)
    {
        if (memory.Recorded is { Whole: { Count: > 0 } whole })
            return [.. whole.Select(key => startUp.Find(key) ?? new Item(key.Name, memory.Read(key), key.Index))];
        var table = ModelItems.Of(model, memory, startUp);
        var items = new List<Item>(startUp.Count + table.Items.Count);
        items.AddRange(startUp);
        memory.AddTo(items, table.Items);
        items.AddRange(memory.Files.Items());
        return items;
    }

    /// <summary>The items asked for; those that cannot be read with a status and empty content.</summary>
    public IReadOnlyList<Item> Read(IReadOnlyList<Item> asked) => [.. asked.Select(item =>
    {
        var status = Catalogue.CheckRead(item)?.Status ?? Check(item);
        return status == ItemStatus.None
            ? new Item(item.Name, Stored(item) ?? memory.Read(item.Key), item.Index)
            : new Item(item.Name, "", item.Index) { Status = status };
    })];

    /// <summary>Writes what can be written and lists what cannot (p.78-83).</summary>
    public IReadOnlyList<Item> Write(IReadOnlyList<Item> items, PhoneBehaviour behaviour)
    {
        var failed = new List<Item>();
        foreach (var item in items)
        {
            var status = Catalogue.CheckWrite(item)?.Status ?? Check(item);
            if ((behaviour.AcceptsUnknownItems && status == ItemStatus.UnknownItem) || (behaviour.AcceptsReadOnlyItems && status == ItemStatus.ReadOnly))
                continue;
            if (status == ItemStatus.None && item.Name == "wbm-server-certificate" && !CertificateInfo.IsUsable(item.Value.Trim()))
                status = ItemStatus.InvalidData;
            if (status != ItemStatus.None)
                failed.Add(new Item(item.Name, behaviour.ReportsFailedValues ? item.Value : "", item.Index) { Status = status });
            else
                Store(item, behaviour);
        }

        return behaviour.ReportsAllWrittenItems ? [.. items.Select(item => item with { Value = "" })] : failed;
    }

    /// <summary>The list of stored files is a table that cannot be written (WPI guide p.245).</summary>
    private string? Stored(Item asked) => asked.Name.StartsWith("file-deployment-", StringComparison.Ordinal)
        ? memory.Files.Items().Find(asked.Key)?.Value
        : null;

    private void Store(Item item, PhoneBehaviour behaviour)
    {
        foreach (var change in behaviour.Stores)
        {
            if (change(item) is not { } changed)
                return;
            item = changed;
        }

        if (!behaviour.ForgetsWrites)
            memory.Write(behaviour.StoresAsciiOnly ? item with { Value = string.Concat(item.Value.Select(letter => letter < 128 ? letter : '?')) } : item);
    }

    private ItemStatus Check(Item item)
    {
        if (!Catalogue.TryGet(item.Name, out var definition))
            return ItemStatus.UnknownItem;
        var status = memory.Availability(definition);
        return status == ItemStatus.None && !memory.HasIndex(definition, item.Index) ? ItemStatus.InvalidIndex : status;
    }
}
