using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator.Machine;

/// <summary>The settings of a phone: what was written over what it came with. Outlives a restart, not a factory reset.</summary>
internal sealed class PhoneMemory(PhoneIdentity identity)
{
    private readonly Dictionary<ItemKey, string> written = [];

    /// <summary>Forgets what was written (WPI guide p.51).</summary>
    public void Reset() => written.Clear();

    public void Write(Item item) => written[Key(item.Key)] = item.Value == "NULL" ? "" : item.Value;

    public string Read(ItemKey key)
    {
        key = Key(key);
        if (Fixed(key.Name) is { } value)
            return value;
        if (written.TryGetValue(key, out value))
            return value;
        return Given(key.ToString()) ?? Default(key.Name);
    }

    /// <summary>Seconds between call-backs for contact-me.</summary>
    public TimeSpan ContactGap => TimeSpan.FromSeconds(int.TryParse(Read(new ItemKey("dls-contact-interval")), out var seconds) ? seconds : 300);

    /// <summary>Whether this phone has an item at all, and if not, how it says so.</summary>
    public ItemStatus Availability(ItemDefinition definition)
    {
        if (!ItemAvailability.IsKnown(definition, identity.Firmware))
            return ItemStatus.UnknownItem;
        var missing = identity.Model.NotSupported;
        return missing.Items.Contains(definition.Name) || missing.Groups.Contains(definition.Group) ? ItemStatus.NotSupported : ItemStatus.None;
    }

    /// <summary>Indexes of a table that the phone holds values for, in order.</summary>
    public IEnumerable<int?> Indexes(ItemDefinition definition)
    {
        if (definition.Index == IndexRule.None)
            return [null];
        if (definition.Name == "function-key-def")
            return identity.Model.Keys.Indexes.Select(index => (int?)index);
        if (definition is { Group: not ("keys" or "line" or "file-stored"), MaximumIndex: { } last })
            return Enumerable.Range(definition.MinimumIndex, last - definition.MinimumIndex + 1).Select(index => (int?)index);
        // Tables without a known size are sparse: what was set is there.
        return written.Keys.Where(key => key.Name == definition.Name).Select(key => key.Index).Order();
    }

    /// <summary>True when an index of a key item is a key of this phone (p.120).</summary>
    public bool HasIndex(ItemDefinition definition, int? index) =>
        definition.Group is not ("keys" or "line") || definition.Index == IndexRule.None || index is not { } key || identity.Model.Keys.Has(key, attached: 0);

    private string? Fixed(string name) => name switch
    {
        "device-type" or "related-device-type" => identity.Model.DeviceType,
        "software-type" or "related-software-type" => "Siemens SIP",
        "software-version" or "related-software-version" => identity.Firmware.ToString(),
        "contact-me-uri" => identity.ContactMeUri.ToString(),
        "mac-addr" => identity.Mac,
        "part-number" => identity.Model.PartNumber,
        "backlight-type" => identity.Model.BacklightType ?? "",
        "gigabit-ethernet-enabled" => identity.Model.GigabitEthernet ? "true" : "false",
        _ => null,
    };

    private string? Given(string key) =>
        identity.Items.TryGetValue(key, out var value) || identity.Model.Items.TryGetValue(key, out value) ? value : null;

    private static string Default(string name)
    {
        if (!ItemCatalogue.Default.TryGet(name, out var definition))
            return "";
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

    /// <summary>The guide writes ldap-server-address with index 1 (p.27): on a single item that means the item.</summary>
    private static ItemKey Key(ItemKey key) =>
        ItemCatalogue.Default.TryGet(key.Name, out var definition) && definition.Index == IndexRule.None ? key with { Index = null } : key;
}
