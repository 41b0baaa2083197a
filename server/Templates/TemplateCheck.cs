using System.Globalization;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Admin;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Templates;

/// <summary>Makes a template of what is asked for, or says what is wrong with it.</summary>
internal static class TemplateCheck
{
    /// <param name="before">The template that is changed, or null for a new one.</param>
    /// <exception cref="RequestException">Something is not allowed.</exception>
    public static ItemTemplate Template(NewItemTemplate asked, ItemTemplate? before)
    {
        var level = Asked.Name<TemplateLevel>("level", asked.Level);
        return new ItemTemplate
        {
            Id = before?.Id ?? 0,
            Name = Asked.Text("name", asked.Name, 100),
            Level = level,
            Match = Match(level, asked.Match?.Trim() ?? ""),
            Items = Items(asked.Items ?? [], before?.Items ?? []),
            Enabled = asked.Enabled ?? true,
        };
    }

    /// <summary>What the catalogue says against items of a template that may be right all the same.</summary>
    public static IReadOnlyList<TemplateProblem> Warnings(ItemTemplate template)
    {
        var warnings = new List<TemplateProblem>();
        foreach (var item in template.Items.Where(item => !item.Remove))
        {
            if (ItemCatalogue.Default.CheckWrite(new Item(item.Name, item.Value, item.Index)) is { } finding
                // What a placeholder will be is not known here; the merge for a phone is checked again.
                && !(finding.Status == ItemStatus.InvalidData && Placeholders.AreIn(item.Value)))
                warnings.Add(new TemplateProblem(item.Key.ToString(), template.Name, Words(finding)));
        }

        return warnings;
    }

    public static string Words(ItemFinding finding) => finding.Status == ItemStatus.UnknownItem
        ? "the catalogue has no item of this name"
        : $"{Wording.Of(finding.Status)}: {finding.Actual}, allowed is {finding.Expected}";

    private static string Match(TemplateLevel level, string match)
    {
        switch (level)
        {
            case TemplateLevel.Device:
                return MacAddress.TryNormalise(match, out var mac)
                    ? mac
                    : throw new RequestException("match", match, "a MAC address such as 00:1A:E8:00:00:01 for the level Device");
            case TemplateLevel.Model:
                return Asked.Text("match", match, 255, "a device type such as OpenStage 40, 1 to 255 characters, for the level Model");
            default:
                return match.Length == 0 ? match : Asked.Text("match", match, 255, "a location of at most 255 characters, or nothing, for the level Site");
        }
    }

    private static List<TemplateItem> Items(IReadOnlyList<NewTemplateItem?> asked, IReadOnlyList<TemplateItem> before)
    {
        if (asked.Count is 0 or > ItemListCheck.MostItems)
            throw new RequestException("items", string.Create(CultureInfo.InvariantCulture, $"{asked.Count} items"), $"1 to {ItemListCheck.MostItems} items");
        var items = new List<TemplateItem>();
        var keys = new HashSet<ItemKey>();
        for (var index = 0; index < asked.Count; index++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"items[{index}]");
            var item = Item(place, asked[index] ?? new NewTemplateItem(null), before);
            if (!keys.Add(item.Key))
                throw new RequestException(place, item.Key.ToString(), "each name and index once");
            items.Add(item);
        }

        return items;
    }

    private static TemplateItem Item(string place, NewTemplateItem asked, IReadOnlyList<TemplateItem> before)
    {
        var item = new TemplateItem(Asked.Text($"{place}.name", asked.Name, 255), asked.Index, asked.Value ?? "", asked.Remove);
        if (ItemCatalogue.Default.TryGet(item.Name, out var known) && known.Access is ItemAccess.ReadOnly or ItemAccess.ActionOnly)
            throw new RequestException($"{place}.name", item.Name, "an item that can be written");
        if (item.Remove)
        {
            return item.Value.Length == 0
                ? item
                : throw new RequestException($"{place}.value", $"that of {item.Key}", "no value for an item that is removed");
        }

        if (SecretItems.IsSecret(item.Name) && item.Value == Asked.Masked)
        {
            return before.FirstOrDefault(old => old.Key == item.Key && !old.Remove)
                ?? throw new RequestException($"{place}.value", Asked.Masked, "the value itself; *** keeps one that is stored");
        }

        ItemListCheck.Measure(place, item.Key, item.Value);
        if (Asked.IsForbidden(item.Value))
            throw new RequestException($"{place}.value", $"that of {item.Key}", "characters that XML 1.0 can carry");
        if (Placeholders.Wrong(item.Value) is { } wrong)
        {
            // What looks like a placeholder may be part of a password.
            var shown = SecretItems.IsSecret(item.Name) ? "one not shown here" : wrong.Text;
            throw new RequestException($"{place}.value", string.Create(CultureInfo.InvariantCulture, $"{shown} at character {wrong.Place}"),
                $"{Placeholders.Known}, or {{{{{{{{ for two braces");
        }

        return item;
    }
}
