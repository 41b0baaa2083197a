using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>A phone of a user as it is shown.</summary>
public sealed record PhoneView
{
    private const string Stars = "***";

    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>MAC address, upper case with colons.</summary>
    [JsonPropertyName("mac")]
    public required string Mac { get; init; }

    /// <summary>Template.</summary>
    [JsonPropertyName("filename")]
    public required string Filename { get; init; }

    [JsonPropertyName("vendor")]
    public required string Vendor { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>Password of the phone's own web pages; stars for those who may only look.</summary>
    [JsonPropertyName("password")]
    public required string Password { get; init; }

    [JsonPropertyName("language")]
    public required string Language { get; init; }

    /// <summary>BLIND, ATTENDED or NEW_CALL.</summary>
    [JsonPropertyName("transfer")]
    public required string Transfer { get; init; }

    [JsonPropertyName("timezone")]
    public required string TimeZone { get; init; }

    [JsonPropertyName("ringtone")]
    public string? Ringtone { get; init; }

    [JsonPropertyName("queue_ringtone")]
    public string? QueueRingtone { get; init; }

    [JsonPropertyName("external_ringtone")]
    public string? ExternalRingtone { get; init; }

    [JsonPropertyName("date_format")]
    public string? DateFormat { get; init; }

    [JsonPropertyName("time_format")]
    public string? TimeFormat { get; init; }

    [JsonPropertyName("powerled")]
    public string? PowerLed { get; init; }

    [JsonPropertyName("backlight")]
    public string? Backlight { get; init; }

    [JsonPropertyName("screensaver")]
    public string? Screensaver { get; init; }

    /// <summary>True when the phone shall be registered with the redirect service.</summary>
    [JsonPropertyName("rps")]
    public required bool Rps { get; init; }

    /// <summary>Where that stands.</summary>
    [JsonPropertyName("rps_status")]
    public RedirectState RpsStatus { get; init; }

    [JsonPropertyName("https")]
    public required bool Https { get; init; }

    /// <summary>Enabled codecs, the most preferred first.</summary>
    [JsonPropertyName("codecs")]
    public required IReadOnlyList<string> Codecs { get; init; }

    /// <summary>All codecs of the model.</summary>
    [JsonPropertyName("all_codecs")]
    public required IReadOnlyList<string> AllCodecs { get; init; }

    [JsonPropertyName("enable_lldp")]
    public required bool EnableLldp { get; init; }

    [JsonPropertyName("enable_vlan_wan_port")]
    public required bool EnableVlanWanPort { get; init; }

    /// <summary>VLAN ID, 1 to 4094.</summary>
    [JsonPropertyName("wan_port_id")]
    public int? WanPortId { get; init; }

    /// <summary>0 to 7.</summary>
    [JsonPropertyName("wan_port_priority")]
    public int? WanPortPriority { get; init; }

    [JsonPropertyName("enable_vlan_pc_port")]
    public required bool EnableVlanPcPort { get; init; }

    /// <summary>VLAN ID, 1 to 4094.</summary>
    [JsonPropertyName("pc_port_id")]
    public int? PcPortId { get; init; }

    /// <summary>0 to 7.</summary>
    [JsonPropertyName("pc_port_priority")]
    public int? PcPortPriority { get; init; }

    /// <summary>Which address of /api/network is the outbound proxy.</summary>
    [JsonPropertyName("interface")]
    public required string Interface { get; init; }

    /// <summary>UDP, TCP or TLS.</summary>
    [JsonPropertyName("preferred_transport")]
    public required string PreferredTransport { get; init; }

    [JsonPropertyName("serial_number")]
    public string? SerialNumber { get; init; }

    /// <summary>Stars for those who may only look.</summary>
    [JsonPropertyName("door_password1")]
    public string? DoorPassword1 { get; init; }

    /// <summary>Stars for those who may only look.</summary>
    [JsonPropertyName("door_password2")]
    public string? DoorPassword2 { get; init; }

    /// <summary>Provisioning address that the phone is sent to.</summary>
    [JsonPropertyName("url")]
    public string Url { get; init; } = "";

    /// <summary>Fields that phones of this model do not have: their values are kept, and go nowhere.</summary>
    [JsonPropertyName("not_applicable")]
    public required IReadOnlyList<string> NotApplicable { get; init; }

    /// <summary>Firmware; only in the list of one's own phones.</summary>
    [JsonPropertyName("fwver")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fwver { get; init; }

    internal static PhoneView Of(UserPhone phone, ModelProfile profile, bool showsSecrets) => new()
    {
        Id = phone.Id,
        Mac = phone.Mac,
        Filename = phone.Filename,
        Vendor = phone.Vendor,
        Model = phone.Model,
        Password = Secret(phone.Password, showsSecrets)!,
        Language = phone.Language,
        Transfer = phone.Transfer,
        TimeZone = phone.TimeZone,
        Ringtone = phone.Ringtone,
        QueueRingtone = phone.QueueRingtone,
        ExternalRingtone = phone.ExternalRingtone,
        DateFormat = phone.DateFormat,
        TimeFormat = phone.TimeFormat,
        PowerLed = phone.PowerLed,
        Backlight = phone.Backlight,
        Screensaver = phone.Screensaver,
        Rps = phone.Rps ?? false,
        Https = phone.Https ?? true,
        Codecs = phone.Codecs,
        AllCodecs = [.. profile.Codecs.Select(codec => codec.Value)],
        EnableLldp = phone.EnableLldp ?? false,
        EnableVlanWanPort = phone.EnableVlanWanPort ?? false,
        WanPortId = phone.WanPortId,
        WanPortPriority = phone.WanPortPriority,
        EnableVlanPcPort = phone.EnableVlanPcPort ?? false,
        PcPortId = phone.PcPortId,
        PcPortPriority = phone.PcPortPriority,
        Interface = phone.Interface,
        PreferredTransport = phone.PreferredTransport,
        SerialNumber = phone.SerialNumber,
        DoorPassword1 = Secret(phone.DoorPassword1, showsSecrets),
        DoorPassword2 = Secret(phone.DoorPassword2, showsSecrets),
        NotApplicable = PhoneFieldTable.NotApplicable(profile),
    };

    internal static string? Secret(string? value, bool isShown) => value is null || isShown ? value : Stars;
}
