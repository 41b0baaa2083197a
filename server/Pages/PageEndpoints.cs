using OpenStage.Server.Pages.CampaignPages;
using OpenStage.Server.Pages.JobPages;
using OpenStage.Server.Pages.Live;
using OpenStage.Server.Pages.LoginPages;
using OpenStage.Server.Pages.Overview;
using OpenStage.Server.Pages.PhonePages;
using OpenStage.Server.Pages.SettingsPages;
using OpenStage.Server.Pages.TemplatePages;

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
    }
}
