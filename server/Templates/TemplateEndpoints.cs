using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Templates;

/// <summary>Templates, and what they come to for a phone.</summary>
internal sealed class TemplateEndpoints(TemplateBook templates)
{
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/item-templates", List).WithSummary("All templates, or those of one level").Produces<ApiErrorList>(400);
        api.MapGet("/item-templates/{id:long}", Get).WithSummary("One template, secrets masked").Produces<ApiErrorList>(404);
        api.MapPost("/item-templates", Create).WithSummary("Creates a template")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(409);
        api.MapPut("/item-templates/{id:long}", Update).WithSummary("Changes a template")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
        api.MapDelete("/item-templates/{id:long}", Delete).WithSummary("Deletes a template").Produces<ApiErrorList>(404);
        api.MapGet("/devices/{mac}/template", Resolve).WithSummary("What a phone's templates come to, beside what it has")
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404);
        api.MapPost("/devices/{mac}/template/apply", Apply).WithSummary("Sends a phone what its templates come to")
            .Produces<TemplateApplied>(200).Produces<TemplateApplied>(201)
            .Produces<ApiErrorList>(400).Produces<ApiErrorList>(404).Produces<ApiErrorList>(409);
    }

    private List<ItemTemplateView> List([Description("Site, Model or Device")] string? level)
    {
        var wanted = Asked.NameOrNull<TemplateLevel>("level", level);
        return [.. templates.List().Where(template => wanted is null || template.Level == wanted).Select(ItemTemplateView.Of)];
    }

    private ItemTemplateView Get([Description("Number of the template")] long id) => ItemTemplateView.Of(templates.Get(id));

    private Created<ItemTemplateView> Create(NewItemTemplate asked)
    {
        var template = templates.Create(asked);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/item-templates/{template.Id}"), ItemTemplateView.Of(template));
    }

    private ItemTemplateView Update([Description("Number of the template")] long id, NewItemTemplate asked) =>
        ItemTemplateView.Of(templates.Update(id, asked));

    private NoContent Delete([Description("Number of the template")] long id)
    {
        templates.Delete(id);
        return TypedResults.NoContent();
    }

    private DeviceTemplateView Resolve([Description("MAC address of the phone, in any form")] string mac) => DeviceTemplateView.Of(templates.Resolve(mac));

    private IResult Apply([Description("MAC address of the phone, in any form")] string mac, TemplateApplication? asked, HttpContext context)
    {
        if (templates.Apply(mac, asked?.OnlyDifferences ?? true, context.User.Identity?.Name ?? "") is not { } job)
            return TypedResults.Ok(new TemplateApplied("The phone has all of it already.", null));
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/jobs/{job.Id}"),
            new TemplateApplied(string.Create(CultureInfo.InvariantCulture, $"{job.Items.Count} items are being sent."), JobView.Of(job)));
    }
}
