using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Templates;

/// <summary>An item of the templates beside what the phone has: a pure function.</summary>
/// <param name="Old">What the phone has; null when that is not known.</param>
internal sealed record TemplateDifference(MergedItem Item, ItemComparison Comparison, string? Old)
{
    public static IReadOnlyList<TemplateDifference> Of(MergedTemplate merged, IReadOnlyList<DeviceItem> known)
    {
        var byKey = new Dictionary<ItemKey, DeviceItem>();
        foreach (var item in known)
            byKey[new ItemKey(item.Name, item.Index)] = item;
        return [.. merged.Items.Select(item => Compare(item, byKey.GetValueOrDefault(item.Key)))];
    }

    private static TemplateDifference Compare(MergedItem item, DeviceItem? known)
    {
        if (known is null)
            return new TemplateDifference(item, ItemComparison.New, null);
        var isSame = known.Status.Length == 0 && Plain(item.Name, known.Value) == Plain(item.Name, item.Value);
        return new TemplateDifference(item, isSame ? ItemComparison.Same : ItemComparison.Different, known.Value);
    }

    /// <summary>Values that mean the same made equal.</summary>
    private static string Plain(string name, string value)
    {
        // Field: an empty value or the text NULL clears an item (V3).
        if (value == "NULL")
            return "";
        return ItemCatalogue.Default.TryGet(name, out var definition) && definition.Type is ItemType.Boolean or ItemType.Mac
            ? value.ToLowerInvariant()
            : value;
    }
}
