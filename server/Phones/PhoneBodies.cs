using OpenStage.Server.Devices;

namespace OpenStage.Server.Phones;

/// <summary>The bodies with which phones of users are created and updated.</summary>
internal static class PhoneBodies
{
    /// <summary>A body that <see cref="New"/> takes.</summary>
    public const string NewExample = """
        {"mac":"00:1A:E8:00:00:01","filename":"openstage-60.ph.json","vendor":"Unify","model":"OpenStage 60","password":"s3cret-web","language":"ENGLISH",
        "transfer":"BLIND","timezone":"GMT+1 Berlin","codecs":["G722","PCMA"],"interface":"WEB_DOMAIN","preferred_transport":"TLS"}
        """;

    /// <summary>A body that <see cref="Update"/> takes.</summary>
    public const string UpdateExample = """{"language":"GERMAN","preferred_transport":"TCP"}""";

    private static readonly BodyField[] Fixed =
    [
        new("mac", BodyKind.Text, "MAC address of the phone.")
        {
            IsMandatory = true,
            Rule = (text => MacAddress.TryNormalise(text, out _), "a MAC address such as 00:1A:E8:00:00:01, with colons, dashes or neither"),
        },
        new("filename", BodyKind.Text, "Template of the phone, see /api/templates/phones.") { IsMandatory = true, Least = 1, Most = 100 },
        new("vendor", BodyKind.Text, "Maker of the phone, as the template has it.") { IsMandatory = true, Least = 1, Most = 64 },
        new("model", BodyKind.Text, "Model of the phone, as the template has it.") { IsMandatory = true, Least = 1, Most = 64 },
    ];

    private static readonly BodyField[] Settings =
    [
        new("password", BodyKind.Text, "Password of the phone's own web pages.") { IsMandatory = true, IsSecret = true, Least = 6, Most = 24 },
        new("language", BodyKind.Text, "Language of the display, one that the template has.") { IsMandatory = true, Choices = PhoneWords.Languages },
        new("transfer", BodyKind.Text, "What a BLF key does in a call.") { IsMandatory = true, Choices = PhoneWords.Transfers },
        new("timezone", BodyKind.Text, "One of the template's time_zones.") { IsMandatory = true, Least = 1 },
        new("ringtone", BodyKind.Text, "One of the template's ringtones."),
        new("queue_ringtone", BodyKind.Text, "Ring of calls to queues and groups, one of the template's queue_ringtones."),
        new("external_ringtone", BodyKind.Text, "Ring of calls from outside, one of the template's external_ringtone."),
        new("date_format", BodyKind.Text, "One of the template's date_formats."),
        new("time_format", BodyKind.Text, "One of the template's time_formats."),
        new("powerled", BodyKind.Text, "When the power LED signals."),
        new("backlight", BodyKind.Text, "One of the template's backlights."),
        new("screensaver", BodyKind.Text, "One of the template's screensavers."),
        new("rps", BodyKind.Flag, "Registers the phone with the redirect service."),
        new("https", BodyKind.Flag, "Provisioning address with https; it always is one."),
        new("codecs", BodyKind.Texts, "Codecs of the template in order of preference; none leaves the phone's own.") { IsMandatory = true, Most = 32 },
        new("enable_lldp", BodyKind.Flag, "LLDP-MED."),
        new("enable_vlan_wan_port", BodyKind.Flag, "VLAN on the LAN port; needs wan_port_id."),
        new("wan_port_id", BodyKind.Whole, "VLAN ID of the LAN port.") { Least = 1, Most = 4094 },
        new("wan_port_priority", BodyKind.Whole, "VLAN priority of the LAN port.") { Least = 0, Most = 7 },
        new("enable_vlan_pc_port", BodyKind.Flag, "VLAN on the PC port; needs pc_port_id."),
        new("pc_port_id", BodyKind.Whole, "VLAN ID of the PC port.") { Least = 1, Most = 4094 },
        new("pc_port_priority", BodyKind.Whole, "VLAN priority of the PC port.") { Least = 0, Most = 7 },
        new("interface", BodyKind.Text, "Which address of /api/network is the outbound proxy.") { IsMandatory = true, Choices = PhoneWords.Interfaces },
        new("preferred_transport", BodyKind.Text, "SIP transport.") { IsMandatory = true, Choices = PhoneWords.Transports },
        new("serial_number", BodyKind.Text, "Serial number, told to the redirect service.") { Most = 64 },
        DoorPassword("door_password1"),
        DoorPassword("door_password2"),
    ];

    public static BodySchema New { get; } = new(true, [.. Fixed, .. Settings]);

    public static BodySchema Update { get; } = new(false, Settings);

    /// <summary>A phone with what a body brought.</summary>
    public static UserPhone Apply(UserPhone before, BodyValues body) => before with
    {
        Password = body.Given("password", before.Password),
        Language = body.Given("language", before.Language),
        Transfer = body.Given("transfer", before.Transfer),
        TimeZone = body.Given("timezone", before.TimeZone),
        Ringtone = body.Text("ringtone", before.Ringtone),
        QueueRingtone = body.Text("queue_ringtone", before.QueueRingtone),
        ExternalRingtone = body.Text("external_ringtone", before.ExternalRingtone),
        DateFormat = body.Text("date_format", before.DateFormat),
        TimeFormat = body.Text("time_format", before.TimeFormat),
        PowerLed = body.Text("powerled", before.PowerLed),
        Backlight = body.Text("backlight", before.Backlight),
        Screensaver = body.Text("screensaver", before.Screensaver),
        Rps = body.Flag("rps", before.Rps),
        Https = body.Flag("https", before.Https),
        Codecs = body.Texts("codecs", before.Codecs),
        EnableLldp = body.Flag("enable_lldp", before.EnableLldp),
        EnableVlanWanPort = body.Flag("enable_vlan_wan_port", before.EnableVlanWanPort),
        WanPortId = body.Whole("wan_port_id", before.WanPortId),
        WanPortPriority = body.Whole("wan_port_priority", before.WanPortPriority),
        EnableVlanPcPort = body.Flag("enable_vlan_pc_port", before.EnableVlanPcPort),
        PcPortId = body.Whole("pc_port_id", before.PcPortId),
        PcPortPriority = body.Whole("pc_port_priority", before.PcPortPriority),
        Interface = body.Given("interface", before.Interface),
        PreferredTransport = body.Given("preferred_transport", before.PreferredTransport),
        SerialNumber = body.Text("serial_number", before.SerialNumber),
        DoorPassword1 = body.Text("door_password1", before.DoorPassword1),
        DoorPassword2 = body.Text("door_password2", before.DoorPassword2),
    };

    private static BodyField DoorPassword(string name) => new(name, BodyKind.Text, "Code of a door opener.")
    {
        IsSecret = true,
        Least = 4,
        Most = 8,
        Rule = (text => text.All(char.IsAsciiDigit), "4 to 8 digits"),
    };
}
