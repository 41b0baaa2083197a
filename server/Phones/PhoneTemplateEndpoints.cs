using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Description;

namespace OpenStage.Server.Phones;

/// <summary>Templates of phones, and the models that they are of.</summary>
internal sealed class PhoneTemplateEndpoints(PhoneTemplates templates)
{
    private const string Filename = "Name of the template, such as openstage-40.ph.json.";

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/phone_models", () => new ItemsView<ModelEntry>([.. templates.List().Select(Entry)]))
            .Described("listPhoneModels", "All models that phones can be of");
        api.MapGet("/phone_models/{filename}", ([Description(Filename)] string filename) => ModelView.Of(templates.Get(filename).Profile()))
            .Described("showPhoneModel", "What the fields of a model's phones may be", 404);
        api.MapGet("/templates/phones", () => new ItemsView<TemplateEntry>(
                [.. templates.List().Select(template => new TemplateEntry(template.Filename, template.IsCustom))]))
            .Described("listPhoneTemplates", "All templates");
        api.MapPost("/templates/phones", CreateAsync)
            .Described("createPhoneTemplate", "Creates a template", 400, 409).WithBody(TemplateBodies.New, TemplateBodies.NewExample);
        api.MapGet("/templates/phones/{filename}", Show)
            .Described("showPhoneTemplate", "One template with its content", 404);
        api.MapPost("/templates/phones/{filename}", UpdateAsync)
            .Described("updatePhoneTemplate", "Gives a custom template another content", 400, 404, 409).WithBody(TemplateBodies.Update, TemplateBodies.UpdateExample);
        api.MapPost("/templates/phones/{filename}/destroy", Destroy)
            .Described("deletePhoneTemplate", "Deletes a custom template that no phone is made of", 404, 409);
    }

    private TemplateView Show([Description(Filename)] string filename)
    {
        var template = templates.Get(filename);
        return new TemplateView(template.Filename, template.Content, template.IsCustom);
    }

    private async Task<Created<TemplateName>> CreateAsync(HttpRequest request)
    {
        var created = templates.Create(await TemplateBodies.New.ReadAsync(request));
        return TypedResults.Created($"/api/templates/phones/{created}", new TemplateName(created));
    }

    private async Task<Ok> UpdateAsync([Description(Filename)] string filename, HttpContext context)
    {
        templates.Update(filename, await TemplateBodies.Update.ReadAsync(context.Request));
        return TypedResults.Ok();
    }

    private NoContent Destroy([Description(Filename)] string filename)
    {
        templates.Destroy(filename);
        return TypedResults.NoContent();
    }

    private static ModelEntry Entry(PhoneTemplate template)
    {
        var profile = template.Profile();
        return new ModelEntry(template.Filename, profile.Model, profile.DisplayName);
    }
}
