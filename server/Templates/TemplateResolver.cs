using System.Collections.ObjectModel;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Templates;

/// <summary>Finds what the templates come to for a phone, within a transaction.</summary>
internal sealed class TemplateResolver
{
    /// <summary>
    /// Facts of the user of a phone, by the names that placeholders have after <c>user.</c>; called with the phone's MAC
    /// address in normal form, within the transaction that the template is read in.
    /// </summary>
    public Func<StoreSession, string, IReadOnlyDictionary<string, string>> UserOf { get; set; } =
        static (_, _) => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Merges a phone's templates; null when the phone is not known.</summary>
    public DeviceTemplate? Resolve(StoreSession session, string mac)
    {
        if (session.Device(mac) is not { } device)
            return null;
        var merged = TemplateMerge.Merge(session.Templates(), device, UserOf(session, mac));
        return new DeviceTemplate(device, merged, TemplateDifference.Of(merged, session.Items(mac)));
    }

    /// <summary>The items that a phone is to be sent.</summary>
    /// <param name="templates">All templates.</param>
    /// <param name="name">Name of the one template that is meant, or null for all that are for the phone.</param>
    /// <returns>The items, or why there are none.</returns>
    public (IReadOnlyList<Item> Items, string? Why) Items(StoreSession session, IReadOnlyList<ItemTemplate> templates, string mac, string? name)
    {
        if (session.Device(mac) is not { } device)
            return ([], "the phone is not known any more");
        var user = UserOf(session, mac);
        MergedTemplate merged;
        if (name is null)
            merged = TemplateMerge.Merge(templates, device, user);
        else if (templates.FirstOrDefault(template => template.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } one)
            merged = TemplateMerge.Of([one], device, user);
        else
            return ([], $"there is no template {name} any more");
        return merged.Why is { } why ? ([], why) : ([.. merged.Items.Select(item => item.ToItem())], null);
    }
}
