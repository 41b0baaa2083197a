using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpenStage.Server.Campaigns;

/// <summary>Finds time zones by their IANA names, on every system.</summary>
internal static partial class TimeZones
{
    /// <summary>
    /// What Windows calls them: .NET knows by itself only with ICU, which this program does without. One line a zone of
    /// Windows, with its IANA names; from the Unicode CLDR, without names that few would write.
    /// </summary>
    private const string WindowsNames = """
        Dateline Standard Time|Etc/GMT+12
        Hawaiian Standard Time|Pacific/Honolulu
        Alaskan Standard Time|America/Anchorage America/Juneau
        Pacific Standard Time|America/Los_Angeles America/Vancouver US/Pacific
        US Mountain Standard Time|America/Phoenix
        Mountain Standard Time|America/Denver America/Boise America/Edmonton US/Mountain
        Central America Standard Time|America/Guatemala America/Costa_Rica America/El_Salvador
        Central Standard Time|America/Chicago America/Winnipeg US/Central
        Central Standard Time (Mexico)|America/Mexico_City America/Monterrey
        SA Pacific Standard Time|America/Bogota America/Lima America/Panama America/Guayaquil
        Eastern Standard Time|America/New_York America/Toronto America/Detroit US/Eastern
        Venezuela Standard Time|America/Caracas
        Paraguay Standard Time|America/Asuncion
        Atlantic Standard Time|America/Halifax
        SA Western Standard Time|America/La_Paz America/Puerto_Rico America/Santo_Domingo
        Pacific SA Standard Time|America/Santiago
        Newfoundland Standard Time|America/St_Johns
        E. South America Standard Time|America/Sao_Paulo
        Argentina Standard Time|America/Argentina/Buenos_Aires America/Buenos_Aires
        Montevideo Standard Time|America/Montevideo
        Azores Standard Time|Atlantic/Azores
        UTC|UTC Etc/UTC Etc/GMT
        GMT Standard Time|Europe/London Europe/Dublin Europe/Lisbon
        Greenwich Standard Time|Atlantic/Reykjavik Africa/Abidjan Africa/Accra
        Morocco Standard Time|Africa/Casablanca
        W. Europe Standard Time|Europe/Berlin Europe/Amsterdam Europe/Luxembourg Europe/Oslo Europe/Rome Europe/Stockholm Europe/Vienna Europe/Zurich
        Central Europe Standard Time|Europe/Budapest Europe/Belgrade Europe/Bratislava Europe/Ljubljana Europe/Prague
        Romance Standard Time|Europe/Paris Europe/Brussels Europe/Copenhagen Europe/Madrid
        Central European Standard Time|Europe/Warsaw Europe/Sarajevo Europe/Skopje Europe/Zagreb
        W. Central Africa Standard Time|Africa/Lagos Africa/Algiers Africa/Tunis
        GTB Standard Time|Europe/Bucharest Europe/Athens Asia/Nicosia
        Egypt Standard Time|Africa/Cairo
        FLE Standard Time|Europe/Kyiv Europe/Kiev Europe/Helsinki Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius
        South Africa Standard Time|Africa/Johannesburg Africa/Harare
        Israel Standard Time|Asia/Jerusalem
        Middle East Standard Time|Asia/Beirut
        Turkey Standard Time|Europe/Istanbul
        Belarus Standard Time|Europe/Minsk
        Russian Standard Time|Europe/Moscow
        Arab Standard Time|Asia/Riyadh Asia/Kuwait Asia/Qatar
        E. Africa Standard Time|Africa/Nairobi Africa/Addis_Ababa
        Iran Standard Time|Asia/Tehran
        Arabian Standard Time|Asia/Dubai
        Azerbaijan Standard Time|Asia/Baku
        Georgian Standard Time|Asia/Tbilisi
        Caucasus Standard Time|Asia/Yerevan
        West Asia Standard Time|Asia/Tashkent
        Ekaterinburg Standard Time|Asia/Yekaterinburg
        Pakistan Standard Time|Asia/Karachi
        India Standard Time|Asia/Kolkata Asia/Calcutta
        Sri Lanka Standard Time|Asia/Colombo
        Nepal Standard Time|Asia/Kathmandu
        Bangladesh Standard Time|Asia/Dhaka
        SE Asia Standard Time|Asia/Bangkok Asia/Jakarta Asia/Ho_Chi_Minh
        China Standard Time|Asia/Shanghai Asia/Hong_Kong
        Singapore Standard Time|Asia/Singapore Asia/Kuala_Lumpur Asia/Manila
        Taipei Standard Time|Asia/Taipei
        W. Australia Standard Time|Australia/Perth
        Tokyo Standard Time|Asia/Tokyo
        Korea Standard Time|Asia/Seoul
        AUS Central Standard Time|Australia/Darwin
        Cen. Australia Standard Time|Australia/Adelaide
        E. Australia Standard Time|Australia/Brisbane
        AUS Eastern Standard Time|Australia/Sydney Australia/Melbourne
        Tasmania Standard Time|Australia/Hobart
        Vladivostok Standard Time|Asia/Vladivostok
        New Zealand Standard Time|Pacific/Auckland
        Fiji Standard Time|Pacific/Fiji
        Samoa Standard Time|Pacific/Apia
        """;

    private static readonly Lazy<FrozenDictionary<string, string>> Windows = new(() => (
        from line in WindowsNames.Split('\n', StringSplitOptions.TrimEntries)
        let parts = line.Split('|')
        from name in parts[1].Split(' ')
        select (name, parts[0])).ToFrozenDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal));

    /// <summary>The IANA names that are found on Windows.</summary>
    internal static IEnumerable<string> OnWindows => Windows.Value.Keys;

    /// <summary>A time zone, or null when this system knows none of the name.</summary>
    /// <param name="name">IANA name such as Europe/Berlin.</param>
    public static TimeZoneInfo? Find(string name)
    {
        // Elsewhere a name is part of the path of a file.
        if (!Form().IsMatch(name))
            return null;
        if (name == "UTC")
            return TimeZoneInfo.Utc;
        if (OperatingSystem.IsWindows() && Windows.Value.TryGetValue(name, out var windows))
            name = windows;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\z")]
    private static partial Regex Form();
}
