namespace OpenStage.Server.Phones;

/// <summary>
/// What a model can be set to, and which item values stand for it: the content of a template file. A list that is empty
/// means that the model does not have the field.
/// </summary>
internal sealed record ModelProfile
{
    public required string Vendor { get; init; }

    public required string Model { get; init; }

    public required string DisplayName { get; init; }

    public required IReadOnlyList<ProfileValue> Languages { get; init; }

    public required IReadOnlyList<ProfileValue> TimeZones { get; init; }

    public required IReadOnlyList<ProfileValue> Ringtones { get; init; }

    public required IReadOnlyList<ProfileValue> QueueRingtones { get; init; }

    public required IReadOnlyList<ProfileValue> ExternalRingtone { get; init; }

    public required IReadOnlyList<ProfileValue> DateFormats { get; init; }

    public required IReadOnlyList<ProfileValue> TimeFormats { get; init; }

    public required IReadOnlyList<ProfileValue> Powerleds { get; init; }

    public required IReadOnlyList<ProfileValue> Backlights { get; init; }

    public required IReadOnlyList<ProfileValue> Screensavers { get; init; }

    public required IReadOnlyList<ProfileCodec> Codecs { get; init; }

    /// <summary>Where the values are known from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The lists by their names in the file.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<ProfileValue> Values)> Lists =>
    [
        ("languages", Languages), ("time_zones", TimeZones), ("ringtones", Ringtones), ("queue_ringtones", QueueRingtones),
        ("external_ringtone", ExternalRingtone), ("date_formats", DateFormats), ("time_formats", TimeFormats), ("powerleds", Powerleds),
        ("backlights", Backlights), ("screensavers", Screensavers),
        ("codecs", [.. Codecs.Select(codec => new ProfileValue { Value = codec.Value, Items = codec.Items })]),
    ];
}
