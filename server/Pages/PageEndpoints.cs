using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.AccountPages;
using OpenStage.Server.Pages.AuditPages;
using OpenStage.Server.Pages.CampaignPages;
using OpenStage.Server.Pages.FilePages;
using OpenStage.Server.Pages.JobPages;
using OpenStage.Server.Pages.Live;
using OpenStage.Server.Pages.LoginPages;
using OpenStage.Server.Pages.Overview;
using OpenStage.Server.Pages.PhonePages;
using OpenStage.Server.Pages.PhoneTemplatePages;
using OpenStage.Server.Pages.PollingPages;
using OpenStage.Server.Pages.ScanPages;
using OpenStage.Server.Pages.SecurePages;
using OpenStage.Server.Pages.SettingsPages;
using OpenStage.Server.Pages.TemplatePages;
using OpenStage.Server.Pages.UserPages;

namespace OpenStage.Server.Pages;

/// <summary>The administration's pages and what they are made of.</summary>
internal sealed class PageEndpoints(ProvisioningServer server, ServerOptions options, TimeProvider time, LiveTopics topics, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        PageAssets.Map(routes);
        new LiveEvents(topics, time, stopping).Map(routes);
        var map = new PageMap(routes);
        new OverviewRoutes(server, time).Map(map);
        new PhoneListRoutes(server).Map(map);
        new PhoneRoutes(server).Map(map);
        new JobRoutes(server).Map(map);
        new SettingsRoutes(server, options).Map(map);
        new LoginRoutes(server.Access.Session).Map(map);
        new CampaignRoutes(server).Map(map);
        new TemplateRoutes(server).Map(map);
        new FileRoutes(server).Map(map);
        new UserRoutes(server).Map(map);
        new UserPhoneRoutes(server.Phones).Map(map);
        new PhoneActionRoutes(server.Phones.Known).Map(map);
        new PhoneProfileRoutes(server.Phones.Templates).Map(map);
        new AccountRoutes(server.Access.Accounts, new AccountEndpoints(server.Access.Accounts, server.Access.Session)).Map(map);
        new OwnRoutes(new TokenEndpoints(server.Access.Grants, time)).Map(map);
        new AuditRoutes(server.Access.Audit).Map(map);
        new SecureRoutes(server).Map(map);
        new PollingRoutes(server).Map(map);
        new ScanRoutes(server.Scanner).Map(map);
    }
}
