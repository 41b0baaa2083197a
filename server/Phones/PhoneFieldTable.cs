using System.Globalization;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Phones;

/// <summary>
/// The one table of what the fields of a phone, and of its user, become at an OpenStage; docs/phones-api.md explains it.
/// Fields that are not in it concern the server alone: mac, filename, vendor, model, rps, serial_number.
/// </summary>
internal static class PhoneFieldTable
{
    /// <summary>Characters that a phone's display has for its own name (items display-id and such).</summary>
    private const int MostDisplayed = 24;

    public static IReadOnlyList<PhoneField> All { get; } =
    [
        Always("password", it => [new Item("admin-pwd", it.Phone.Password)]),
        Chosen("language", profile => profile.Languages, phone => phone.Language),
        Always("transfer", it => Transfer(it.Phone.Transfer)),
        Chosen("timezone", profile => profile.TimeZones, phone => phone.TimeZone),
        Chosen("ringtone", profile => profile.Ringtones, phone => phone.Ringtone),
        Chosen("queue_ringtone", profile => profile.QueueRingtones, phone => phone.QueueRingtone),
        Chosen("external_ringtone", profile => profile.ExternalRingtone, phone => phone.ExternalRingtone),
        Chosen("date_format", profile => profile.DateFormats, phone => phone.DateFormat),
        Chosen("time_format", profile => profile.TimeFormats, phone => phone.TimeFormat),
        Chosen("powerled", profile => profile.Powerleds, phone => phone.PowerLed),
        Chosen("backlight", profile => profile.Backlights, phone => phone.Backlight),
        Chosen("screensaver", profile => profile.Screensavers, phone => phone.Screensaver),
        new("codecs", profile => profile.Codecs.Count > 0, Codecs),
        // WPI is spoken over HTTPS only (WPI guide p.12).
        Never("https"),
        Always("enable_lldp", VlanMethod),
        Always("enable_vlan_wan_port", VlanMethod),
        Always("wan_port_id", it => it.Phone is { EnableVlanWanPort: true, WanPortId: { } id } ? [new Item("vlan-id", Text(id))] : []),
        Always("wan_port_priority", it => it.Phone is { EnableVlanWanPort: true, WanPortPriority: { } priority } ? Priority(priority) : []),
        // The PC port passes frames on as they come: no item gives it a VLAN of its own.
        Never("enable_vlan_pc_port"),
        Never("pc_port_id"),
        Never("pc_port_priority"),
        Always("interface", OutboundProxy),
        Always("preferred_transport", it => [new Item("sip-transport-user", Text(Array.IndexOf(PhoneWords.Transports, it.Phone.PreferredTransport)))]),
        Never("door_password1"),
        Never("door_password2"),
        Always("user.extension_number", it => [new Item("e164", it.User.ExtensionNumber), new Item("sip-user-id", it.User.ExtensionNumber)]),
        Always("user.extension_password", it => it.User.ExtensionPassword is { } password ? [new Item("sip-pwd", password)] : []),
        Always("user.display_name", it => it.User.DisplayName is { } name ? [new Item("display-id-unicode", Shortened(name))] : []),
    ];

    /// <summary>What takes the user from a phone; the text NULL empties a number (field).</summary>
    public static IReadOnlyList<Item> NoUser { get; } =
        [new("e164", "NULL"), new("sip-user-id", ""), new("sip-pwd", ""), new("display-id-unicode", "")];

    /// <summary>All items that a phone shall have, each once.</summary>
    public static IReadOnlyList<Item> Items(PhoneSettings settings) =>
        [.. All.Where(field => field.IsAt(settings.Profile)).SelectMany(field => field.Items(settings)).DistinctBy(item => item.Key)];

    /// <summary>The fields that phones of a model do not have.</summary>
    public static IReadOnlyList<string> NotApplicable(ModelProfile profile) =>
        [.. All.Where(field => !field.IsAt(profile)).Select(field => field.Name)];

    private static PhoneField Always(string name, Func<PhoneSettings, IEnumerable<Item>> items) => new(name, _ => true, items);

    private static PhoneField Never(string name) => new(name, _ => false, _ => []);

    /// <summary>A field whose items are in the profile, beside the value.</summary>
    private static PhoneField Chosen(string name, Func<ModelProfile, IReadOnlyList<ProfileValue>> values, Func<UserPhone, string?> chosen) => new(
        name, profile => values(profile).Count > 0,
        it => values(it.Profile).FirstOrDefault(value => value.Value == chosen(it.Phone)) is { } found ? ModelProfileReader.Items(found.Items) : [])
    {
        Values = values,
    };

    /// <summary>Chosen codecs get their ranks in order; those not chosen are not allowed and rank behind.</summary>
    private static IEnumerable<Item> Codecs(PhoneSettings it)
    {
        if (it.Phone.Codecs.Count == 0)
            return [];
        var chosen = it.Phone.Codecs.Select(name => it.Profile.Codecs.FirstOrDefault(codec => codec.Value == name))
            .OfType<ProfileCodec>().DistinctBy(codec => codec.Slot).ToList();
        var all = chosen.Concat(it.Profile.Codecs).DistinctBy(codec => codec.Slot).ToList();
        return all.SelectMany(IEnumerable<Item> (codec, position) =>
        [
            .. ModelProfileReader.Items(codec.Items),
            new Item("codec-allowed", position < chosen.Count ? "true" : "false", codec.Slot),
            new Item("codec-rank", Text(position + 1), codec.Slot),
        ]);
    }

    /// <summary>The nearest there is: what a BLF key does in a call has no item of its own.</summary>
    private static IEnumerable<Item> Transfer(string transfer) => transfer switch
    {
        PhoneWords.Blind => [new Item("call-transfer-enabled", "true"), new Item("unconditional-transfer", "true")],
        PhoneWords.Attended => [new Item("call-transfer-enabled", "true"), new Item("unconditional-transfer", "false")],
        _ => [new Item("unconditional-transfer", "false")],
    };

    /// <summary>
    /// LLDP-MED before a VLAN by hand. Only when somebody said no to one of them it goes back to DHCP: a phone must not be
    /// cut off its network by a field that nobody touched.
    /// </summary>
    private static IEnumerable<Item> VlanMethod(PhoneSettings it) => it.Phone switch
    {
        { EnableLldp: true } => [new Item("vlan-method", "2")],
        { EnableVlanWanPort: true } => [new Item("vlan-method", "0")],
        { EnableLldp: null, EnableVlanWanPort: null } => [],
        _ => [new Item("vlan-method", "1")],
    };

    /// <summary>The catalogue has priorities for kinds of traffic, not for a port.</summary>
    private static IEnumerable<Item> Priority(int priority) =>
        [new Item("qos-layer2", "true"), new Item("l2qos-voice", Text(priority)), new Item("l2qos-signalling", Text(priority))];

    private static IEnumerable<Item> OutboundProxy(PhoneSettings it) => it.Network.Of(it.Phone.Interface) is { } address
        ? [new Item("outbound-proxy-user", "true"), new Item("sgnl-gateway-addr-user", address)]
        : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Not between the halves of a surrogate pair: the value goes into XML.</summary>
    private static string Shortened(string name)
    {
        if (name.Length <= MostDisplayed)
            return name;
        return char.IsHighSurrogate(name[MostDisplayed - 1]) ? name[..(MostDisplayed - 1)] : name[..MostDisplayed];
    }
}
