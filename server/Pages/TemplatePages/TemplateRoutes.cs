using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Audit;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Pages.PhonePages;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Pages.TemplatePages;

/// <summary>The pages of templates, and what they come to for a phone.</summary>
internal sealed class TemplateRoutes(ProvisioningServer server)
{
    private const string NewTitle = "New template";

    public void Map(PageMap map)
    {
        map.Get("/templates", _ => PageMap.Page<TemplateListPage>(server.Templates.List()));
        map.Get("/templates/new", _ => Show(null, NewTitle, TemplateForm.Blank));
        map.Post("/templates", TemplateForm.Fields, Save, (_, form) => Show(null, NewTitle, form));
        map.Get("/templates/{id}", context => ShowOne(context, null));
        map.Post("/templates/{id}", TemplateForm.Fields, Save, ShowOne);
        map.Post("/templates/{id}/delete", "", Delete);
        map.Get("/phones/{mac}/template", context => PageMap.Page<PhoneTemplatePage>(Read(PageRequest.Mac(context), null)));
        map.Post("/phones/{mac}/template", "all?", Apply);
    }

    private RazorComponentResult<TemplatePage> ShowOne(HttpContext context, FormInput? form)
    {
        var known = server.Templates.Get(Id(context));
        return Show(known.Id, known.Name, form ?? TemplateForm.Of(known));
    }

    private IResult Save(HttpContext context, FormInput form)
    {
        // The items may hold passwords.
        AuditNote.Set(context, $"template '{form["name"]}'");
        var asked = TemplateForm.Read(form);
        _ = context.Request.RouteValues.ContainsKey("id") ? server.Templates.Update(Id(context), asked) : server.Templates.Create(asked);
        return Results.LocalRedirect("/templates");
    }

    private IResult Delete(HttpContext context, FormInput form)
    {
        server.Templates.Delete(Id(context));
        return Results.LocalRedirect("/templates");
    }

    private IResult Apply(HttpContext context, FormInput form)
    {
        var mac = PageRequest.Mac(context);
        try
        {
            return server.Templates.Apply(mac, form["all"] != "yes", context.User.Identity?.Name ?? "") is { } job
                ? Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/jobs/{job.Id}"))
                : PageMap.Page<PhoneTemplatePage>(Read(mac, "The phone has all of it already: nothing was sent."));
        }
        catch (RequestException wrong) when (wrong.Status == StatusCodes.Status409Conflict)
        {
            return PageMap.Page<PhoneTemplatePage>(Read(mac, $"Nothing was sent: {wrong.Value}"), wrong.Status);
        }
    }

    private RazorComponentResult<TemplatePage> Show(long? id, string title, FormInput form) => server.Store.Read(session =>
        PageMap.Page<TemplatePage>(new TemplateModel(id, title, form, session.Models(), session.Locations()), form));

    private PhoneTemplateModel Read(string mac, string? note) => new(
        server.Store.Read(session => PhoneRoutes.Head(session, mac)), DeviceTemplateView.Of(server.Templates.Resolve(mac)), note);

    private static long Id(HttpContext context) => PageRequest.Id(context, "template");
}
