using System.ComponentModel;
using System.Globalization;
using OpenStage.Server.Accounts;
using OpenStage.Server.Admin;
using OpenStage.Server.Description;

namespace OpenStage.Server.Audit;

/// <summary>The audit log.</summary>
internal sealed class AuditEndpoints(AuditLog log)
{
    private const int Most = 500;
    private const int LongestSearch = 300;

    public void Map(RouteGroupBuilder api) => api.MapGet("/audit", Find)
        .Described("listAudit", "Who changed what and when, the newest first", 400).WithTags("audit").Produces<AuditPage>();

    private AuditPage Find(
        [Description("Name of an account"), Allowed(Shortest = 3, Longest = 64)] string? account,
        [Description("Any part of the path"), Allowed(Longest = LongestSearch)] string? resource,
        [Description("This time or later"), Allowed(IsTime = true, Example = "2026-01-05T08:00:00Z")] string? from,
        [Description("Before this time"), Allowed(IsTime = true, Example = "2036-01-05T08:00:00Z")] string? to,
        [Description("Entries to leave out at the beginning; default 0"), Allowed(IsNumber = true, Least = 0, Most = int.MaxValue)] string? skip,
        [Description("Most entries; default 100"), Allowed(IsNumber = true, Least = 1, Most = Most)] string? top)
    {
        var page = Asked.Page(skip, top, Most);
        return log.Find(new AuditFilter
        {
            Account = account is null ? null : AccountName.Check(account, "account"),
            Resource = Asked.Search("resource", resource, LongestSearch),
            From = Time("from", from),
            To = Time("to", to),
            Skip = page.Skip,
            Top = page.Top,
        });
    }

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
}
