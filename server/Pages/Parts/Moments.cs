using System.Globalization;

namespace OpenStage.Server.Pages.Parts;

/// <summary>Times in words; the page's script speaks the same ones.</summary>
public static class Moments
{
    private static readonly (TimeSpan Unit, string Name)[] Units =
    [
        (TimeSpan.FromDays(1), "d"), (TimeSpan.FromHours(1), "h"), (TimeSpan.FromMinutes(1), "min"), (TimeSpan.FromSeconds(1), "s"),
    ];

    /// <summary>Such as <c>3 min ago</c>, <c>in 2 h</c> or <c>now</c>.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) =>
        at > now ? Span(at - now) is { Length: > 0 } later ? $"in {later}" : "now"
        : Span(now - at) is { Length: > 0 } before ? $"{before} ago" : "now";

    public static string Full(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span)
    {
        foreach (var (unit, name) in Units)
        {
            if (span >= unit)
                return string.Create(CultureInfo.InvariantCulture, $"{(long)(span / unit)} {name}");
        }

        return "";
    }
}
