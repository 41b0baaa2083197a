using System.Globalization;

namespace OpenStage.Server.Phones;

/// <summary>Checks a phone against its model, and its fields against each other.</summary>
internal static class PhoneCheck
{
    /// <param name="before">The phone as it was: what has not changed is let pass, for its template may have.</param>
    /// <exception cref="RequestException">A value is none that the model has.</exception>
    public static void Check(UserPhone before, UserPhone after, ModelProfile profile)
    {
        Same("vendor", after.Vendor, profile.Vendor);
        Same("model", after.Model, profile.Model);
        OneOf("language", before.Language, after.Language, profile.Languages);
        OneOf("timezone", before.TimeZone, after.TimeZone, profile.TimeZones);
        OneOf("ringtone", before.Ringtone, after.Ringtone, profile.Ringtones);
        OneOf("queue_ringtone", before.QueueRingtone, after.QueueRingtone, profile.QueueRingtones);
        OneOf("external_ringtone", before.ExternalRingtone, after.ExternalRingtone, profile.ExternalRingtone);
        OneOf("date_format", before.DateFormat, after.DateFormat, profile.DateFormats);
        OneOf("time_format", before.TimeFormat, after.TimeFormat, profile.TimeFormats);
        OneOf("powerled", before.PowerLed, after.PowerLed, profile.Powerleds);
        OneOf("backlight", before.Backlight, after.Backlight, profile.Backlights);
        OneOf("screensaver", before.Screensaver, after.Screensaver, profile.Screensavers);
        for (var index = 0; index < after.Codecs.Count; index++)
        {
            var codec = after.Codecs[index];
            if (profile.Codecs.Count > 0 && !before.Codecs.Contains(codec) && profile.Codecs.All(known => known.Value != codec))
                throw new RequestException(string.Create(CultureInfo.InvariantCulture, $"codecs[{index}]"), codec, Words(profile.Codecs.Select(known => known.Value)));
        }

        if (after is { EnableVlanWanPort: true, WanPortId: null })
            throw new RequestException("wan_port_id", "", "a VLAN ID from 1 to 4094 while enable_vlan_wan_port is true");
        if (after is { EnableVlanPcPort: true, PcPortId: null })
            throw new RequestException("pc_port_id", "", "a VLAN ID from 1 to 4094 while enable_vlan_pc_port is true");
    }

    private static void Same(string field, string value, string allowed)
    {
        if (value != allowed)
            throw new RequestException(field, value, $"{allowed}, as the template has it");
    }

    /// <summary>An empty list means that the model does not have the field; then any text is kept.</summary>
    private static void OneOf(string field, string? before, string? value, IReadOnlyList<ProfileValue> allowed)
    {
        if (value is not null && value != before && allowed.Count > 0 && allowed.All(known => known.Value != value))
            throw new RequestException(field, value, Words(allowed.Select(known => known.Value)));
    }

    private static string Words(IEnumerable<string> values) => string.Join(", ", values);
}
