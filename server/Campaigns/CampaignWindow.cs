using System.Globalization;

namespace OpenStage.Server.Campaigns;

/// <summary>The hours in which a campaign may release phones.</summary>
/// <remarks>
/// Times are those of a wall clock. An hour that the clocks skip in spring begins when they have skipped it; of an hour
/// that they show twice in autumn, the first counts. A window that lies wholly in a skipped hour does not open that day.
/// </remarks>
public sealed record CampaignWindow
{
    /// <summary>Days that are looked ahead, a year and a leap week.</summary>
    private const int LookAhead = 373;

    /// <summary>When it opens, <c>HH:mm</c>.</summary>
    public required string From { get; init; }

    /// <summary>When it closes, <c>HH:mm</c>; of the next day when that is not after <see cref="From"/>.</summary>
    public required string To { get; init; }

    /// <summary>IANA name of the time zone, such as Europe/Berlin.</summary>
    public required string Zone { get; init; }

    /// <summary>Days on which it opens; empty for every day.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    internal bool IsOpen(DateTimeOffset now)
    {
        var next = Spans(now).FirstOrDefault().Start;
        return next != default && next <= now;
    }

    /// <summary>When it opens next, after a time at which it is closed; null when it does not within a year.</summary>
    internal DateTimeOffset? NextOpening(DateTimeOffset now)
    {
        var start = Spans(now).FirstOrDefault(span => span.Start > now).Start;
        return start == default ? null : start;
    }

    /// <summary>How much of a span of at most a year the window is open.</summary>
    internal TimeSpan OpenTime(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        foreach (var (start, end) in Spans(from).TakeWhile(span => span.Start < to))
            sum += (end < to ? end : to) - (start > from ? start : from);
        return sum;
    }

    /// <summary>When the window will have been open for so long; null when not within a year.</summary>
    internal DateTimeOffset? AfterOpenTime(DateTimeOffset from, TimeSpan open)
    {
        foreach (var (start, end) in Spans(from))
        {
            var begin = start > from ? start : from;
            if (end - begin >= open)
                return begin + open;
            open -= end - begin;
        }

        return null;
    }

    /// <summary>The times in which it is open, from the one that holds a time or comes after it, for about a year.</summary>
    private IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Spans(DateTimeOffset now)
    {
        var zone = TimeZones.Find(Zone) ?? throw new InvalidDataException($"This system does not know the time zone {Zone}.");
        var from = Time(From);
        var to = Time(To);
        // Windows may cross midnight, and where a day is skipped as a whole, even two.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(-2);
        for (var count = 0; count < LookAhead; count++, day = day.AddDays(1))
        {
            if (Days.Count > 0 && !Days.Contains(day.DayOfWeek))
                continue;
            var start = Instant(zone, day.ToDateTime(from));
            var end = Instant(zone, (to <= from ? day.AddDays(1) : day).ToDateTime(to));
            if (start < end && end > now)
                yield return (start, end);
        }
    }

    private static DateTimeOffset Instant(TimeZoneInfo zone, DateTime wall)
    {
        while (zone.IsInvalidTime(wall))
            wall = wall.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
