using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.PhoneTemplatePages;

/// <summary>The pages of phone models and their templates.</summary>
internal sealed class PhoneProfileRoutes(PhoneTemplates templates)
{
    // Nothing in a template is a secret that could be taken out.
    private static readonly string NewFields = BodyForm.Fields(TemplateBodies.New);
    private static readonly string UpdateFields = BodyForm.Fields(TemplateBodies.Update);

    public void Map(PageMap map)
    {
        map.Get("/phone-templates", _ => PageMap.Page<PhoneProfileListPage>(templates.List().Select(Row).ToList()));
        map.Get("/phone-templates/new", context => ShowNew(Offered(context)));
        map.Post("/phone-templates", NewFields, Create, (_, form) => ShowNew(form));
        map.Get("/phone-templates/{filename}", context => Show(context, null));
        map.Post("/phone-templates/{filename}", UpdateFields, Update, (context, form) => Show(context, form));
        map.Post("/phone-templates/{filename}/delete", "", Delete, (context, form) => Show(context, null, form.Wrong));
    }

    private IResult Create(HttpContext context, FormInput form) =>
        Results.LocalRedirect($"/phone-templates/{templates.Create(BodyForm.Read(TemplateBodies.New, form))}");

    private IResult Update(HttpContext context, FormInput form)
    {
        var name = Known(context).Filename;
        templates.Update(name, BodyForm.Read(TemplateBodies.Update, form));
        return Results.LocalRedirect($"/phone-templates/{name}");
    }

    private IResult Delete(HttpContext context, FormInput form)
    {
        templates.Destroy(Known(context).Filename);
        return Results.LocalRedirect("/phone-templates");
    }

    /// <summary>A new template begins as the copy of another.</summary>
    private FormInput Offered(HttpContext context) => new(new Dictionary<string, string>
    {
        ["content"] = templates.Get(PageRequest.Text(context, "from") ?? templates.List()[0].Filename).Content.ReplaceLineEndings("\n"),
    });

    private static RazorComponentResult<PhoneProfilePage> ShowNew(FormInput form) =>
        PageMap.Page<PhoneProfilePage>(new PhoneProfileModel(null, [], [], form, NewFields), form);

    private RazorComponentResult<PhoneProfilePage> Show(HttpContext context, FormInput? sent, RequestException? kept = null)
    {
        var template = Known(context);
        var profile = template.Profile();
        var form = sent ?? new FormInput(new Dictionary<string, string> { ["content"] = template.Content.ReplaceLineEndings("\n") });
        var lists = profile.Lists.Where(list => list.Values.Count > 0).Select(list => (list.Name.Replace('_', ' '), string.Join(", ", list.Values.Select(value => value.Value))));
        return PageMap.Page<PhoneProfilePage>(
            new PhoneProfileModel(Row(template), [.. lists], PhoneFieldTable.NotApplicable(profile), form, UpdateFields, kept), kept?.Status ?? form.Wrong?.Status ?? StatusCodes.Status200OK);
    }

    private PhoneTemplate Known(HttpContext context) => templates.Get(context.Request.RouteValues["filename"]?.ToString() ?? "");

    private static PhoneProfileRow Row(PhoneTemplate template) => new(template.Filename, template.Profile().DisplayName, template.IsCustom);
}
