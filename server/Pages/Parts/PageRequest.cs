using System.Globalization;
using OpenStage.Server.Admin;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Pages.Parts;

/// <summary>Reads what the address of a page asks for.</summary>
internal static class PageRequest
{
    private const int LongestText = 200;
    private const int MostPages = 1_000_000;

    /// <summary>A value of the query, or null when it is not there or empty, as an empty field of a form sends it.</summary>
    /// <exception cref="RequestException">It is longer than 200 characters, or not text.</exception>
    public static string? Text(HttpContext context, string name) => context.Request.Query[name].ToString().Trim() switch
    {
        "" => null,
        { Length: > LongestText } => throw new RequestException(name, "a longer text", string.Create(CultureInfo.InvariantCulture, $"at most {LongestText} characters")),
        var text when Asked.IsForbidden(text) || text.Any(char.IsControl) => throw new RequestException(name, "one not shown here", "text without control characters"),
        var text => text,
    };

    /// <summary>A time as browsers send it; without a zone it is UTC.</summary>
    /// <exception cref="RequestException">It is no time.</exception>
    public static DateTimeOffset? Time(string field, string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at
        : throw new RequestException(field, text, "a date and time such as 2026-01-31T22:00");

    /// <exception cref="RequestException">It is none of the values.</exception>
    public static T? OneOf<T>(HttpContext context, string name) where T : struct, Enum => Asked.NameOrNull<T>(name, Text(context, name));

    /// <exception cref="RequestException">It is no number from 1.</exception>
    public static int Page(HttpContext context) => Text(context, "page") is not { } text ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is >= 1 and <= MostPages ? page
        : throw new RequestException("page", text, string.Create(CultureInfo.InvariantCulture, $"1 to {MostPages}"));

    /// <summary>The MAC address in the path, in normal form.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static string Mac(HttpContext context)
    {
        var text = context.Request.RouteValues["mac"]?.ToString();
        return MacAddress.TryNormalise(text, out var mac)
            ? mac
            : throw RequestException.NotFound("phone", text ?? "", "a MAC address such as 00:1A:E8:00:00:01");
    }

    /// <summary>The number in the path.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static long Id(HttpContext context, string kind)
    {
        var text = context.Request.RouteValues["id"]?.ToString();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw RequestException.NotFound(kind, text ?? "", $"the number of a {kind}");
    }

    /// <summary>True for an address on this server that a header can carry; all else could lead elsewhere.</summary>
    public static bool IsLocal(string address) => address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal)
        && address.All(character => character is > ' ' and < '\x7f' and not '\\');

    /// <summary>An address of a page: the path, and the values that are not null.</summary>
    public static string Link(string path, params (string Name, string? Value)[] values)
    {
        var query = string.Join('&', values.Where(value => value.Value is not null).Select(value => $"{value.Name}={Uri.EscapeDataString(value.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}
