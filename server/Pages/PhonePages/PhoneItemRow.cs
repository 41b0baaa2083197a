using System.Globalization;
using OpenStage.Protocol.Items;
using OpenStage.Server.Admin;
using OpenStage.Server.Devices;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>One item of a phone, secrets masked, with what the catalogue knows of it.</summary>
/// <param name="Group">Group of the catalogue; <c>other</c> for an item that it does not have.</param>
/// <param name="Meaning">What the item is, empty when the catalogue does not say.</param>
/// <param name="CanWrite">False for an item that phones do not let be written.</param>
public sealed record PhoneItemRow(ItemView Item, string Group, string Meaning, bool CanWrite)
{
    public const string Other = "other";

    internal static PhoneItemRow Of(DeviceItem item)
    {
        var view = ItemView.Of(item);
        return ItemCatalogue.Default.TryGet(item.Name, out var known)
            ? new PhoneItemRow(view, known.Group, known.Meaning, known.Access != ItemAccess.ReadOnly)
            : new PhoneItemRow(view, Other, "", true);
    }

    public string Name => Item.Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{Item.Name}[{index}]") : Item.Name;

    /// <summary>The form of a job that writes the item; a masked value is left for a person to fill in.</summary>
    public string LinkToWrite(string mac) => PageRequest.Link($"/phones/{mac}", ("kind", "WriteItems"),
        ("items", $"{Name} = {(Item.Value == "***" || Item.Value.Contains('\n', StringComparison.Ordinal) ? "" : Item.Value)}")) + "#new-job";

    /// <summary>Searches what is shown: what is masked cannot be guessed by searching for it.</summary>
    public bool Matches(string text) => Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || Item.Value.Contains(text, StringComparison.OrdinalIgnoreCase) || Meaning.Contains(text, StringComparison.OrdinalIgnoreCase);
}
