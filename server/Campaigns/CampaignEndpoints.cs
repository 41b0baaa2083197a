using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Campaigns;

/// <summary>Campaigns and their progress.</summary>
internal sealed class CampaignEndpoints(CampaignBook campaigns)
{
    private const string IdText = "Number of the campaign";

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/campaigns");
        group.MapGet("", List).WithSummary("Campaigns with their progress, the newest first").Produces<ApiErrorList>(400);
        group.MapPost("", Create).WithSummary("Creates a campaign as a draft").Produces<ApiErrorList>(400);
        group.MapPost("/preview", Preview).WithSummary("How many phones a filter finds, and the first of them").Produces<ApiErrorList>(400);
        group.MapGet("/{id:long}", Get).WithSummary("One campaign with its progress").Produces<ApiErrorList>(404);
        group.MapPut("/{id:long}", Update).WithSummary("Changes a draft")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
        group.MapDelete("/{id:long}", Delete).WithSummary("Deletes a campaign that is not under way; its jobs stay")
            .Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
        group.MapGet("/{id:long}/phones", Phones).WithSummary("The phones of a campaign and where they stand, in the order of their release")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404);
        Change(group, "start", "Chooses the phones and begins to release them", campaigns.Start);
        Change(group, "pause", "Releases no more phones for now; open jobs go on", campaigns.Pause);
        Change(group, "resume", "Goes on after a pause", campaigns.Resume);
        Change(group, "stop", "Ends a campaign and cancels the jobs that no phone is working at", campaigns.Stop);
    }

    private static void Change(RouteGroupBuilder group, string word, string summary, Func<long, string, (Campaign, CampaignProgress)> change) =>
        group.MapPost($"/{{id:long}}/{word}", ([Description(IdText)] long id, HttpContext context) => CampaignView.Of(change(id, By(context))))
            .WithSummary(summary).Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);

    private CampaignList List(
        [Description("Draft, Running, Paused, Stopped or Done")] string? state,
        [Description("Campaigns to leave out, 0 or more")] string? skip,
        [Description("Most campaigns, 1 to 1000, default 100")] string? top)
    {
        var page = Asked.Page(skip, top);
        var (total, found) = campaigns.List(Asked.NameOrNull<CampaignState>("state", state), page.Skip, page.Top);
        return new CampaignList(total, [.. found.Select(CampaignView.Of)]);
    }

    private Created<CampaignView> Create(NewCampaign asked, HttpContext context)
    {
        var created = CampaignView.Of(campaigns.Create(asked, By(context)));
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/campaigns/{created.Id}"), created);
    }

    private CampaignPreviewResult Preview(CampaignPreview asked)
    {
        var (count, first) = campaigns.Preview(asked.Filter, Asked.Number("top", asked.Top, 1, 1000, 20));
        return new CampaignPreviewResult(count, [.. first.Select(CampaignPreviewPhone.Of)]);
    }

    private CampaignView Get([Description(IdText)] long id) => CampaignView.Of(campaigns.Get(id));

    private CampaignView Update([Description(IdText)] long id, NewCampaign asked, HttpContext context) =>
        CampaignView.Of(campaigns.Update(id, asked, By(context)));

    private NoContent Delete([Description(IdText)] long id)
    {
        campaigns.Delete(id);
        return TypedResults.NoContent();
    }

    private CampaignPhoneList Phones(
        [Description(IdText)] long id,
        [Description("Waiting, Open, Succeeded, PartlyFailed, Failed, Expired or Cancelled")] string? state,
        [Description("Phones to leave out, 0 or more")] string? skip,
        [Description("Most phones, 1 to 1000, default 100")] string? top)
    {
        var page = Asked.Page(skip, top);
        var (total, phones) = campaigns.Phones(id, Asked.NameOrNull<CampaignPhoneState>("state", state), page.Skip, page.Top);
        return new CampaignPhoneList(total, phones);
    }

    private static string By(HttpContext context) => context.User.Identity?.Name ?? "";
}
