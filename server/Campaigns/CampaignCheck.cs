using System.Globalization;
using OpenStage.Protocol.Firmware;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Campaigns;

/// <summary>Makes a campaign of what is asked for, or says what is wrong with it.</summary>
internal static class CampaignCheck
{
    private const int MaxText = 255;

    /// <param name="before">The draft that is changed; for a new one, one with nothing in it.</param>
    /// <exception cref="RequestException">Something is not allowed.</exception>
    public static Campaign Campaign(NewCampaign asked, Campaign before) => before with
    {
        Name = Asked.Text("name", asked.Name, 100),
        Content = CampaignContentCheck.Content(
            asked.Content ?? throw new RequestException("content", "", "what each phone shall do, with its kind"), before.Content),
        Filter = Filter(asked.Filter),
        Rate = asked.Rate is null ? null : Asked.Number("rate", asked.Rate, 1, 6000, 0),
        AtOnce = Asked.Number("atOnce", asked.AtOnce, 1, 10_000, 50),
        Window = asked.Window is null ? null : Window(asked.Window),
        StopAfterFailurePercent = asked.StopAfterFailurePercent is null ? null : Asked.Number("stopAfterFailurePercent", asked.StopAfterFailurePercent, 1, 100, 0),
        MinimumSample = Asked.Number("minimumSample", asked.MinimumSample, 1, 10_000, 5),
    };

    /// <exception cref="RequestException">Something is not allowed.</exception>
    public static CampaignFilter Filter(CampaignFilter? asked)
    {
        // All phones are only meant when that is said.
        if (asked is null)
            throw new RequestException("filter", "", "which phones; {} for all");
        if (asked.FirmwareBefore is { } version && !FirmwareVersion.TryParse(version, out _))
            throw new RequestException("filter.firmwareBefore", version, "a version such as V3 R3.24.0 or 3.3.24.0");
        var filter = asked with
        {
            Search = Text("filter.search", asked.Search),
            Model = Text("filter.model", asked.Model),
            Firmware = Text("filter.firmware", asked.Firmware),
            Location = Text("filter.location", asked.Location),
            MacFrom = asked.MacFrom is null ? null : Asked.Mac("filter.macFrom", asked.MacFrom),
            MacTo = asked.MacTo is null ? null : Asked.Mac("filter.macTo", asked.MacTo),
        };
        if (filter is { MacFrom: { } from, MacTo: { } to } && string.CompareOrdinal(from, to) > 0)
            throw new RequestException("filter.macTo", to, $"{from} or one after it");
        if (filter is { SeenSince: { } since, SeenBefore: { } before } && since >= before)
            throw new RequestException("filter.seenBefore", before.ToString("O", CultureInfo.InvariantCulture), "a time after filter.seenSince");
        return filter;
    }

    private static string? Text(string field, string? text) => text is null ? null : Asked.Text(field, text, MaxText);

    private static CampaignWindow Window(NewCampaignWindow asked)
    {
        if (asked.Zone is not { Length: > 0 } zone || TimeZones.Find(zone) is null)
            throw new RequestException("window.zone", asked.Zone ?? "", "the IANA name of a time zone that this system knows, such as Europe/Berlin or UTC");
        var days = (asked.Days ?? []).Select((day, index) =>
            Asked.Name<DayOfWeek>(string.Create(CultureInfo.InvariantCulture, $"window.days[{index}]"), day)).Distinct().Order();
        return new CampaignWindow { From = Time("window.from", asked.From), To = Time("window.to", asked.To), Zone = zone, Days = [.. days] };
    }

    private static string Time(string field, string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? text!
            : throw new RequestException(field, text ?? "", "a time of day from 00:00 to 23:59");
}
