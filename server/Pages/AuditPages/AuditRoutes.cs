using OpenStage.Server.Accounts;
using OpenStage.Server.Audit;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.AuditPages;

/// <summary>The page of who changed what and when, for Administrators.</summary>
internal sealed class AuditRoutes(AuditLog log)
{
    private const int PageSize = 100;

    public void Map(PageMap map) => map.Get("/audit", context => PageMap.Page<AuditLogPage>(Read(context))).RequireAuthorization(AccessRules.Administrator);

    private AuditLogModel Read(HttpContext context)
    {
        var filter = new AuditFilter
        {
            Account = PageRequest.Text(context, "account") is { } account ? AccountName.Check(account, "account") : null,
            Resource = PageRequest.Text(context, "resource"),
            From = PageRequest.Time("from", PageRequest.Text(context, "from")),
            To = PageRequest.Time("to", PageRequest.Text(context, "to")),
            Top = 1,
        };
        var paging = Paging.Of(PageRequest.Page(context), PageSize, log.Find(filter).Count);
        return new AuditLogModel(filter, log.Find(filter with { Skip = paging.Skip, Top = PageSize }).Items, paging);
    }
}
