using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>What the fields of a model's phones may be, and what they are when nothing is said.</summary>
public sealed record ModelView
{
    [JsonPropertyName("languages")]
    public required IReadOnlyList<string> Languages { get; init; }

    [JsonPropertyName("ringtones")]
    public required IReadOnlyList<string> Ringtones { get; init; }

    [JsonPropertyName("queue_ringtones")]
    public required IReadOnlyList<string> QueueRingtones { get; init; }

    /// <summary>A list, for all its name.</summary>
    [JsonPropertyName("external_ringtone")]
    public required IReadOnlyList<string> ExternalRingtone { get; init; }

    [JsonPropertyName("date_formats")]
    public required IReadOnlyList<string> DateFormats { get; init; }

    [JsonPropertyName("time_formats")]
    public required IReadOnlyList<string> TimeFormats { get; init; }

    [JsonPropertyName("powerleds")]
    public required IReadOnlyList<string> Powerleds { get; init; }

    [JsonPropertyName("backlights")]
    public required IReadOnlyList<string> Backlights { get; init; }

    [JsonPropertyName("screensavers")]
    public required IReadOnlyList<string> Screensavers { get; init; }

    [JsonPropertyName("time_zones")]
    public required IReadOnlyList<string> TimeZones { get; init; }

    [JsonPropertyName("codecs")]
    public required IReadOnlyList<string> Codecs { get; init; }

    [JsonPropertyName("enable_lldp")]
    public bool EnableLldp { get; init; }

    [JsonPropertyName("enable_vlan_wan_port")]
    public bool EnableVlanWanPort { get; init; }

    [JsonPropertyName("wan_port_id")]
    public int? WanPortId { get; init; }

    [JsonPropertyName("wan_port_priority")]
    public int? WanPortPriority { get; init; }

    [JsonPropertyName("enable_vlan_pc_port")]
    public bool EnableVlanPcPort { get; init; }

    [JsonPropertyName("pc_port_id")]
    public int? PcPortId { get; init; }

    [JsonPropertyName("pc_port_priority")]
    public int? PcPortPriority { get; init; }

    internal static ModelView Of(ModelProfile profile) => new()
    {
        Languages = Names(profile.Languages),
        Ringtones = Names(profile.Ringtones),
        QueueRingtones = Names(profile.QueueRingtones),
        ExternalRingtone = Names(profile.ExternalRingtone),
        DateFormats = Names(profile.DateFormats),
        TimeFormats = Names(profile.TimeFormats),
        Powerleds = Names(profile.Powerleds),
        Backlights = Names(profile.Backlights),
        Screensavers = Names(profile.Screensavers),
        TimeZones = Names(profile.TimeZones),
        Codecs = [.. profile.Codecs.Select(codec => codec.Value)],
    };

    private static List<string> Names(IReadOnlyList<ProfileValue> values) => [.. values.Select(value => value.Value)];
}
