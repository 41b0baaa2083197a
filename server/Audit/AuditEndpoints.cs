using System.ComponentModel;
using System.Globalization;
using OpenStage.Server.Accounts;

namespace OpenStage.Server.Audit;

/// <summary>The audit log.</summary>
internal sealed class AuditEndpoints(AuditLog log)
{
    private const int Most = 500;

    public void Map(RouteGroupBuilder api) => api.MapGet("/audit", Find)
        .WithSummary("Who changed what and when, the newest first").WithTags("audit").Produces<AuditPage>();

    private AuditPage Find(
        [Description("Name of an account")] string? account,
        [Description("Any part of the path")] string? resource,
        [Description("This time or later, such as 2026-01-05T08:00:00Z")] string? from,
        [Description("Before this time")] string? to,
        [Description("Entries to leave out at the beginning, 0 or more")] string? skip,
        [Description("Most entries, 1 to 500; default 100")] string? top) => log.Find(new AuditFilter
        {
            Account = account is null ? null : AccountName.Check(account, "account"),
            Resource = resource,
            From = Time("from", from),
            To = Time("to", to),
            Skip = Number("skip", skip, 0, int.MaxValue) ?? 0,
            Top = Number("top", top, 1, Most) ?? 100,
        });

    private static DateTimeOffset? Time(string field, string? text)
    {
        if (text is null)
            return null;
        // A plus sign that was not escaped arrives as a space.
        var restored = text.Contains('T', StringComparison.Ordinal) ? text.Replace(' ', '+') : text;
        return DateTimeOffset.TryParse(restored, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new RequestException(field, text, "a time such as 2026-01-05T08:00:00Z");
    }

    private static int? Number(string field, string? text, int least, int most)
    {
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new RequestException(field, text, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
    }
}
