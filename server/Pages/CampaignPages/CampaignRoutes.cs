using System.Globalization;
using OpenStage.Server.Audit;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Files;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.CampaignPages;

/// <summary>The pages of campaigns.</summary>
internal sealed class CampaignRoutes(ProvisioningServer server)
{
    private const int PageSize = 50;
    private const int PhonesShown = 100;
    private const int PreviewShown = 10;
    private const int FilesShown = 500;

    public void Map(PageMap map)
    {
        map.Get("/campaigns", context => PageMap.Page<CampaignListPage>(ReadList(PageRequest.Page(context))));
        map.Get("/campaigns/new", _ => PageMap.Page<NewCampaignPage>(New(CampaignForm.Blank)));
        map.Post("/campaigns", $"{CampaignForm.Fields} do", Create, (_, form) => PageMap.Page<NewCampaignPage>(New(form), form));
        map.Get("/campaigns/{id}", context => PageMap.Page<CampaignPage>(Read(context, null)));
        map.Post("/campaigns/{id}/{word}", "", Change);
    }

    private IResult Create(HttpContext context, FormInput form)
    {
        AuditNote.Set(context, $"campaign '{form["name"]}', {form["content.kind"]}");
        var offered = New(form);
        CampaignForm.CheckOffered(form, "filter.model", offered.Models);
        CampaignForm.CheckOffered(form, "filter.firmware", offered.Firmwares);
        CampaignForm.CheckOffered(form, "filter.location", offered.Locations);
        switch (form["do"])
        {
            case "preview":
                var (count, first) = server.Campaigns.Preview(CampaignForm.Filter(form), PreviewShown);
                return PageMap.Page<NewCampaignPage>(offered with { Found = count, First = first });
            case "create":
                var content = new DeploymentForm(form, CampaignForm.Prefix);
                var asked = CampaignForm.Read(content, form, server.Files.Get);
                var (campaign, _) = content.Placed(() => server.Campaigns.Create(asked, context.User.Identity?.Name ?? ""));
                return Results.LocalRedirect(Link(campaign.Id));
            default:
                throw new RequestException("do", form["do"], "preview or create");
        }
    }

    private IResult Change(HttpContext context, FormInput form)
    {
        var id = PageRequest.Id(context, "campaign");
        var by = context.User.Identity?.Name ?? "";
        var word = context.Request.RouteValues["word"]?.ToString();
        try
        {
            switch (word)
            {
                case "start": server.Campaigns.Start(id, by); break;
                case "pause": server.Campaigns.Pause(id, by); break;
                case "resume": server.Campaigns.Resume(id, by); break;
                case "stop": server.Campaigns.Stop(id, by); break;
                case "delete":
                    server.Campaigns.Delete(id);
                    return Results.LocalRedirect("/campaigns");
                default:
                    throw RequestException.NotFound("path", context.Request.Path, "start, pause, resume, stop or delete at the end");
            }

            return Results.LocalRedirect(Link(id));
        }
        catch (RequestException wrong) when (wrong.Status == StatusCodes.Status409Conflict)
        {
            return PageMap.Page<CampaignPage>(Read(context, wrong), wrong.Status);
        }
    }

    private CampaignListModel ReadList(int page)
    {
        var (total, _) = server.Campaigns.List(null, 0, 1);
        var paging = Paging.Of(page, PageSize, total);
        return new CampaignListModel(server.Campaigns.List(null, paging.Skip, PageSize).Campaigns, paging);
    }

    private CampaignModel Read(HttpContext context, RequestException? wrong)
    {
        var id = PageRequest.Id(context, "campaign");
        var state = PageRequest.OneOf<CampaignPhoneState>(context, "state");
        var (campaign, progress) = server.Campaigns.Get(id);
        var paging = Paging.Of(PageRequest.Page(context), PhonesShown, server.Campaigns.Phones(id, state, 0, 1).Total);
        return new CampaignModel
        {
            Campaign = campaign,
            Progress = progress,
            State = state,
            Phones = server.Campaigns.Phones(id, state, paging.Skip, PhonesShown).Phones,
            Paging = paging,
            Wrong = wrong,
        };
    }

    private NewCampaignModel New(FormInput form) => server.Store.Read(session => new NewCampaignModel
    {
        Form = form,
        Models = session.Models(),
        Firmwares = session.Firmwares(),
        Locations = session.Locations(),
        Library = session.Files(new FileFilter { Top = FilesShown }),
    });

    private static string Link(long id) => string.Create(CultureInfo.InvariantCulture, $"/campaigns/{id}");
}
