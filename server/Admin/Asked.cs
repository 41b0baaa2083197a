using System.Globalization;
using System.Xml;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Admin;

/// <summary>Reads values of requests; each refusal names field, value and what is allowed.</summary>
internal static class Asked
{
    /// <summary>What stands in answers in place of a secret.</summary>
    public const string Masked = "***";

    /// <summary>Most elements of a part of a list, unless something else is said.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>Most characters of what is looked for.</summary>
    public const int LongestSearch = 200;

    /// <summary>A name of an enumeration, in any case. Names only: Enum.TryParse alone would take any number, and several names at once.</summary>
    public static T Name<T>(string field, string? text) where T : struct, Enum =>
        text is { Length: > 0 } && text.All(char.IsAsciiLetter) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new RequestException(field, text ?? "", string.Join(", ", Enum.GetNames<T>()));

    /// <inheritdoc cref="Name{T}"/>
    /// <returns>Null when nothing was asked for.</returns>
    public static T? NameOrNull<T>(string field, string? text) where T : struct, Enum => text is null ? null : Name<T>(field, text);

    /// <summary>A text of 1 to so many characters, trimmed.</summary>
    public static string Text(string field, string? text, int most, string? allowed = null)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length >= 1 && trimmed.Length <= most && !IsForbidden(trimmed)
            ? trimmed
            : throw new RequestException(field, IsForbidden(trimmed) ? "one not shown here" : trimmed,
                allowed ?? string.Create(CultureInfo.InvariantCulture, $"1 to {most} characters"));
    }

    /// <summary>A whole number, or the default.</summary>
    public static int Number(string field, int? number, int least, int most, int other) => number is not { } value ? other : value >= least && value <= most
        ? value
        : throw new RequestException(field, value.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));

    /// <summary>A part of a list: how many to leave out, and how many to give, 1 to so many and 100 unless asked otherwise.</summary>
    public static (int Skip, int Top) Page(string? skip, string? top, int most = MostAtOnce) =>
        (Number("skip", skip, 0, int.MaxValue, 0), Number("top", top, 1, most, 100));

    /// <summary>A part of texts that are looked for; null and empty for any.</summary>
    public static string? Search(string field, string? text, int most = LongestSearch) => text is null || (text.Length <= most && !IsForbidden(text) && !text.Any(char.IsControl))
        ? text
        : throw new RequestException(field, text.Any(char.IsControl) || IsForbidden(text) ? "one with characters not shown here" : text,
            string.Create(CultureInfo.InvariantCulture, $"0 to {most} characters, none of them a control character"));

    /// <summary>A MAC address in normal form.</summary>
    public static string Mac(string field, string? text) => MacAddress.TryNormalise(text, out var mac)
        ? mac
        : throw new RequestException(field, text ?? "", "a MAC address such as 00:1A:E8:00:00:01");

    /// <summary>True for text that a message to a phone cannot carry.</summary>
    public static bool IsForbidden(string text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return false;
        }
        catch (XmlException)
        {
            return true;
        }
    }

    /// <param name="text">Text, so that what is no number is refused like what is out of range.</param>
    private static int Number(string field, string? text, int least, int most, int other) => text is null ? other
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value
        : throw new RequestException(field, text, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
}
