using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Description;

namespace OpenStage.Server.Campaigns;

/// <summary>Campaigns and their progress.</summary>
internal sealed class CampaignEndpoints(CampaignBook campaigns)
{
    private const string IdText = "Number of the campaign";
    private const string BodyExample = """
        {"name":"Ringers 1001","filter":{"model":"OpenStage 40"},"content":{"kind":"WriteItems","items":[{"name":"ringer-melody","value":"3"}]},
        "rate":60,"window":{"from":"22:00","to":"05:00","zone":"UTC","days":["Saturday","Sunday"]},"stopAfterFailurePercent":20}
        """;

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/campaigns").WithTags("campaigns");
        group.MapGet("", List).Described("listCampaigns", "Campaigns with their progress, the newest first", 400);
        group.MapPost("", Create).Described("createCampaign", "Creates a campaign as a draft").Example(BodyExample);
        group.MapPost("/preview", Preview).Described("previewCampaign", "How many phones a filter finds, and the first of them")
            .Example("""{"filter":{"model":"OpenStage 40"},"top":20}""");
        group.MapGet("/{id:long}", Get).Described("showCampaign", "One campaign with its progress", 404);
        group.MapPut("/{id:long}", Update).Described("changeCampaign", "Changes a draft", 404, 409).Example(BodyExample);
        group.MapDelete("/{id:long}", Delete).Described("deleteCampaign", "Deletes a campaign that is not under way; its jobs stay", 404, 409);
        group.MapGet("/{id:long}/phones", Phones)
            .Described("listCampaignPhones", "The phones of a campaign and where they stand, in the order of their release", 400, 404);
        Change(group, "start", "Chooses the phones and begins to release them", campaigns.Start);
        Change(group, "pause", "Releases no more phones for now; open jobs go on", campaigns.Pause);
        Change(group, "resume", "Goes on after a pause", campaigns.Resume);
        Change(group, "stop", "Ends a campaign and cancels the jobs that no phone is working at", campaigns.Stop);
    }

    private static void Change(RouteGroupBuilder group, string word, string summary, Func<long, string, (Campaign, CampaignProgress)> change) =>
        group.MapPost($"/{{id:long}}/{word}", ([Description(IdText)] long id, HttpContext context) => CampaignView.Of(change(id, By(context))))
            .Described($"{word}Campaign", summary, 404, 409);

    private CampaignList List(
        [Description("In this state only"), Allowed(Names = typeof(CampaignState))] string? state,
        [Description("Campaigns to leave out; default 0"), Allowed(IsNumber = true, Least = 0, Most = int.MaxValue)] string? skip,
        [Description("Most campaigns; default 100"), Allowed(IsNumber = true, Least = 1, Most = Asked.MostAtOnce)] string? top)
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
        [Description("In this state only"), Allowed(Names = typeof(CampaignPhoneState))] string? state,
        [Description("Phones to leave out; default 0"), Allowed(IsNumber = true, Least = 0, Most = int.MaxValue)] string? skip,
        [Description("Most phones; default 100"), Allowed(IsNumber = true, Least = 1, Most = Asked.MostAtOnce)] string? top)
    {
        var page = Asked.Page(skip, top);
        var (total, phones) = campaigns.Phones(id, Asked.NameOrNull<CampaignPhoneState>("state", state), page.Skip, page.Top);
        return new CampaignPhoneList(total, phones);
    }

    private static string By(HttpContext context) => context.User.Identity?.Name ?? "";
}
