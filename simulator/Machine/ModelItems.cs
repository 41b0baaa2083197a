using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator.Machine;

/// <summary>
/// The whole set of items of a model with a firmware and so many key modules, but for those of start-up: shared by all
/// phones that are alike, which keep only what differs.
/// </summary>
internal sealed class ModelItems
{
    private static readonly ConditionalWeakTable<PhoneModel, ConcurrentDictionary<(FirmwareVersion Firmware, int KeyModules), ModelItems>> Tables = [];

    private static readonly FrozenDictionary<string, string> Defaults =
        ItemCatalogue.Default.All.ToFrozenDictionary(definition => definition.Name, Default, StringComparer.Ordinal);

    private ModelItems(IReadOnlyList<ModelItem> items) => Items = items;

    /// <summary>In the order of the item catalogue.</summary>
    public IReadOnlyList<ModelItem> Items { get; }

    /// <param name="startUp">The items of start-up of such a phone.</param>
    public static ModelItems Of(PhoneModel model, PhoneMemory memory, IReadOnlyList<Item> startUp)
    {
        // What a recorded phone says first is its own.
        if (memory.Recorded is not null)
            return Make(model, memory, startUp);
        var tables = Tables.GetValue(model, static _ => new());
        var key = (memory.Firmware, memory.KeyModules);
        return tables.TryGetValue(key, out var made) ? made : tables.GetOrAdd(key, Make(model, memory, startUp));
    }

    /// <summary>What an item has when nobody says otherwise.</summary>
    public static string DefaultOf(string name) => Defaults.GetValueOrDefault(name, "");

    private static ModelItems Make(PhoneModel model, PhoneMemory memory, IReadOnlyList<Item> startUp)
    {
        var listed = startUp.Select(item => item.Name).ToHashSet();
        var items = new List<ModelItem>();
        foreach (var definition in ItemCatalogue.Default.All)
        {
            if (listed.Contains(definition.Name) || !IsOfWholeSet(definition) || memory.Availability(definition) != ItemStatus.None)
                continue;
            if (PhoneMemory.IsSparse(definition))
                items.Add(new ModelItem(definition, new Item(definition.Name), ""));
            else
                items.AddRange(memory.Indexes(definition).Select(index => Of(model, definition, index)));
        }

        return new ModelItems(items);
    }

    /// <summary>Certificates are left out (WPI guide p.30), and bundles of user data are never given with the whole set (field).</summary>
    private static bool IsOfWholeSet(ItemDefinition definition) =>
        definition.Access is ItemAccess.ReadWrite or ItemAccess.ReadOnly
        && definition.Group is not ("userdata" or "control" or "file-stored") && definition.Type != ItemType.Certificate;

    private static ModelItem Of(PhoneModel model, ItemDefinition definition, int? index)
    {
        var key = new ItemKey(definition.Name, index);
        var text = key.ToString();
        return new ModelItem(definition, new Item(definition.Name, model.Items.GetValueOrDefault(text) ?? DefaultOf(definition.Name), index), text);
    }

    private static string Default(ItemDefinition definition)
    {
        if (definition.Default.Length > 0)
            return definition.Default == "NULL" ? "" : definition.Default;
        return definition.Type switch
        {
            ItemType.Boolean => "false",
            ItemType.Number => $"{definition.Minimum ?? 0}",
            ItemType.Choice => definition.Choices.Keys.Order(StringComparer.Ordinal).First(),
            _ => "",
        };
    }
}
