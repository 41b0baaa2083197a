using System.Collections.Frozen;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;
using OpenStage.Simulator.Machine.Deployment;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Recording;

namespace OpenStage.Simulator.Machine;

/// <summary>The settings of a phone: what was written over what it came with. Outlives a restart, not a factory reset.</summary>
internal sealed class PhoneMemory(PhoneIdentity identity)
{
    private const string ModuleName = "OpenStage Key Module";

    /// <summary>Names that <see cref="Fixed"/> knows.</summary>
    private static readonly FrozenSet<string> Computed = FrozenSet.Create(StringComparer.Ordinal,
        "device-type", "related-device-type", "software-type", "related-software-type", "software-version", "related-software-version",
        "contact-me-uri", "mac-addr", "key-modules", "slk-modules", "km15-modules", "wbm-server-certificate-info", "sip-mobility-state",
        "basic-e164", "part-number", "backlight-type", "gigabit-ethernet-enabled");

    private Dictionary<ItemKey, string>? written;
    private FileStore? files;
    private FirmwareCapabilities? can;

    /// <summary>What is installed; deployment changes it, a factory reset does not.</summary>
    public FirmwareVersion Firmware
    {
        get;
        set
        {
            field = value;
            can = null;
        }
    } = identity.Firmware;

    public FirmwareCapabilities Can => can ??= FirmwareCapabilities.Of(Firmware, identity.Model.DeviceType);

    public FileStore Files => files ??= new FileStore(identity.Model);

    /// <summary>The items of the recorded phone that this one is, or null.</summary>
    public RecordedItems? Recorded { get; } = identity.Recording is { } recording ? new RecordedItems(recording) : null;

    /// <summary>Certificates and port of Secure Mode, or null in Default Mode.</summary>
    public SecureModeData? SecureMode { get; set; }

    /// <summary>Key modules that are plugged in.</summary>
    public int KeyModules { get; set; }

    /// <summary>The phone's own number while a mobile user has it, or null.</summary>
    public string? OwnNumber { get; set; }

    private Dictionary<ItemKey, string> Written => written ??= [];

    /// <summary>CP phones count their versions from 1 again and have what the last OpenStage firmware has.</summary>
    private static readonly FirmwareVersion NewerThanAll = new(9, 9, 0, 0);

    /// <summary>Forgets what was written (WPI guide p.51).</summary>
    public void Reset()
    {
        written = null;
        files = null;
        SecureMode = null;
    }

    /// <summary>Forgets what was written to an item.</summary>
    public void Forget(string name)
    {
        foreach (var key in Written.Keys.Where(key => key.Name == name).ToList())
            Written.Remove(key);
    }


    public void Write(Item item) => Written[Key(item.Key)] = item.Value is var value and not "NULL" ? value : "";

    public string Read(ItemKey key)
    {
        key = Key(key);
        if (Recorded?.Value(key) is { } recorded)
            return written?.GetValueOrDefault(key) ?? recorded;
        if (Fixed(key.Name) is { } value)
            return value;
        if (written?.TryGetValue(key, out value) == true)
            return value;
        return Given(key.ToString()) ?? ModelItems.DefaultOf(key.Name);
    }

    /// <summary>Seconds between call-backs for contact-me.</summary>
    public TimeSpan ContactGap => TimeSpan.FromSeconds(int.TryParse(Read(new ItemKey("dls-contact-interval")), out var seconds) ? seconds : 300);

    /// <summary>Whether this phone has an item at all, and if not, how it says so.</summary>
    public ItemStatus Availability(ItemDefinition definition)
    {
        if (!ItemAvailability.IsKnown(definition, Can.IsDeskPhoneCp ? NewerThanAll : Firmware))
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
            return identity.Model.Keys.IndexesWith(KeyModules).Select(index => (int?)index);
        if (!IsSparse(definition))
            return Enumerable.Range(definition.MinimumIndex, definition.MaximumIndex!.Value - definition.MinimumIndex + 1).Select(index => (int?)index);
        return written is null ? [] : written.Keys.Where(key => key.Name == definition.Name).Select(key => key.Index).Order();
    }

    /// <summary>True for tables without a known size: what was set is there.</summary>
    public static bool IsSparse(ItemDefinition definition) => definition.Index != IndexRule.None && definition.Name != "function-key-def"
        && (definition.Group is "keys" or "line" or "file-stored" || definition.MaximumIndex is null);

    /// <summary>The items of a model as this phone has them.</summary>
    public void AddTo(List<Item> items, IReadOnlyList<ModelItem> table)
    {
        var differs = written is { Count: > 0 } || identity.Items.Count > 0;
        foreach (var item in table)
        {
            if (item.Text.Length == 0)
                items.AddRange(Indexes(item.Definition).Select(index => new Item(item.Item.Name, Read(new ItemKey(item.Item.Name, index)), index)));
            else if (Recorded is not null || Computed.Contains(item.Item.Name) || (differs && (identity.Items.ContainsKey(item.Text) || written?.ContainsKey(item.Item.Key) == true)))
                items.Add(item.Item with { Value = Read(item.Item.Key) });
            else
                items.Add(item.Item);
        }
    }

    /// <summary>True when an index of a key item is a key of this phone (p.120).</summary>
    public bool HasIndex(ItemDefinition definition, int? index) =>
        definition.Group is not ("keys" or "line") || definition.Index == IndexRule.None || index is not { } key || identity.Model.Keys.Has(key, attached: KeyModules);

    private string? Fixed(string name) => name switch
    {
        "device-type" or "related-device-type" => identity.Model.DeviceType,
        "software-type" or "related-software-type" => "Siemens SIP",
        "software-version" or "related-software-version" => Firmware.ToString(),
        "contact-me-uri" => identity.ContactMeUri.ToString(),
        "mac-addr" => identity.Mac,
        "key-modules" => KeyModules == 0 || Self15 ? "" : string.Join(",", Enumerable.Repeat(ModuleName, KeyModules)),
        "slk-modules" => Self15 ? "0" : $"{KeyModules}",
        "km15-modules" => Self15 ? $"{KeyModules}" : "0",
        "wbm-server-certificate-info" => CertificateInfo.Of(Written.GetValueOrDefault(new ItemKey("wbm-server-certificate"), "")),
        "sip-mobility-state" when !Written.ContainsKey(new ItemKey(name)) && Read(new ItemKey("mobility-enabled")) == "true" => "1",
        "basic-e164" => Given(name) ?? OwnNumber ?? Read(new ItemKey("e164")),
        "part-number" => identity.Model.PartNumber,
        "backlight-type" => identity.Model.BacklightType ?? "",
        "gigabit-ethernet-enabled" => identity.Model.GigabitEthernet ? "true" : "false",
        _ => null,
    };

    /// <summary>The OpenStage 15 has a key module of its own kind (field).</summary>
    private bool Self15 => identity.Model.DeviceType == "OpenStage 15";

    private string? Given(string key) =>
        identity.Items.TryGetValue(key, out var value) || identity.Model.Items.TryGetValue(key, out value) ? value : null;

    /// <summary>The guide writes ldap-server-address with index 1 (p.27): on a single item that means the item.</summary>
    private static ItemKey Key(ItemKey key) =>
        ItemCatalogue.Default.TryGet(key.Name, out var definition) && definition.Index == IndexRule.None ? key with { Index = null } : key;
}
