using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Description;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Templates;

/// <summary>Templates, and what they come to for a phone.</summary>
internal sealed class TemplateEndpoints(TemplateBook templates)
{
    private const string BodyExample = """{"name":"Site 1001","level":"Site","match":"","items":[{"name":"sntp-addr","value":"ntp.example.net"}]}""";

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("item-templates");
        group.MapGet("/item-templates", List).Described("listItemTemplates", "All templates, or those of one level", 400);
        group.MapGet("/item-templates/{id:long}", Get).Described("showItemTemplate", "One template, secrets masked", 404);
        group.MapPost("/item-templates", Create).Described("createItemTemplate", "Creates a template", 409).Example(BodyExample);
        group.MapPut("/item-templates/{id:long}", Update).Described("changeItemTemplate", "Changes a template", 404, 409).Example(BodyExample);
        group.MapDelete("/item-templates/{id:long}", Delete).Described("deleteItemTemplate", "Deletes a template", 404);
        group.MapGet("/devices/{mac}/template", Resolve).Described("showDeviceTemplate", "What a phone's templates come to, beside what it has", 400, 404);
        group.MapPost("/devices/{mac}/template/apply", Apply).Described("applyDeviceTemplate", "Sends a phone what its templates come to", 404, 409)
            .Produces<TemplateApplied>(200).Produces<TemplateApplied>(201).Example("""{"onlyDifferences":true}""");
    }

    private List<ItemTemplateView> List([Description("Of this level only"), Allowed(Names = typeof(TemplateLevel))] string? level)
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

    private DeviceTemplateView Resolve([Description("MAC address of the phone, in any form"), Allowed(Example = MacAddress.Example)] string mac) => DeviceTemplateView.Of(templates.Resolve(mac));

    private IResult Apply([Description("MAC address of the phone, in any form"), Allowed(Example = MacAddress.Example)] string mac, TemplateApplication? asked, HttpContext context)
    {
        if (templates.Apply(mac, asked?.OnlyDifferences ?? true, context.User.Identity?.Name ?? "") is not { } job)
            return TypedResults.Ok(new TemplateApplied("The phone has all of it already.", null));
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/jobs/{job.Id}"),
            new TemplateApplied(string.Create(CultureInfo.InvariantCulture, $"{job.Items.Count} items are being sent."), JobView.Of(job)));
    }
}
