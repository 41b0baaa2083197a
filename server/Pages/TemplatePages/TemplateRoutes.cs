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
    public void Map(PageMap map)
    {
        map.Get("/templates", _ => PageMap.Page<TemplateListPage>(server.Templates.List()));
        map.Get("/templates/new", _ => Show(null, "New template", TemplateForm.Blank));
        map.Post("/templates", SaveAsync);
        map.Get("/templates/{id}", ShowOne);
        map.Post("/templates/{id}", SaveAsync);
        map.Post("/templates/{id}/delete", DeleteAsync);
        map.Get("/phones/{mac}/template", context => PageMap.Page<PhoneTemplatePage>(Read(PageRequest.Mac(context), null)));
        map.Post("/phones/{mac}/template", ApplyAsync);
    }

    private RazorComponentResult<TemplatePage> ShowOne(HttpContext context)
    {
        var known = server.Templates.Get(Id(context));
        return Show(known.Id, known.Name, TemplateForm.Of(known));
    }

    private Task<IResult> SaveAsync(HttpContext context, FormInput form)
    {
        // The items may hold passwords.
        AuditNote.Set(context, $"template '{form["name"]}'");
        long? id = context.Request.RouteValues.ContainsKey("id") ? Id(context) : null;
        var title = id is { } number ? server.Templates.Get(number).Name : "New template";
        try
        {
            var asked = TemplateForm.Read(form);
            _ = id is { } known ? server.Templates.Update(known, asked) : server.Templates.Create(asked);
            return Task.FromResult(Results.LocalRedirect("/templates"));
        }
        catch (RequestException wrong)
        {
            return Task.FromResult<IResult>(Show(id, title, form with { Wrong = wrong }, wrong.Status));
        }
    }

    private Task<IResult> DeleteAsync(HttpContext context, FormInput form)
    {
        server.Templates.Delete(Id(context));
        return Task.FromResult(Results.LocalRedirect("/templates"));
    }

    private Task<IResult> ApplyAsync(HttpContext context, FormInput form)
    {
        var mac = PageRequest.Mac(context);
        try
        {
            return Task.FromResult(server.Templates.Apply(mac, form["all"] != "yes", context.User.Identity?.Name ?? "") is { } job
                ? Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/jobs/{job.Id}"))
                : PageMap.Page<PhoneTemplatePage>(Read(mac, "The phone has all of it already: nothing was sent.")));
        }
        catch (RequestException wrong) when (wrong.Status == StatusCodes.Status409Conflict)
        {
            return Task.FromResult<IResult>(PageMap.Page<PhoneTemplatePage>(Read(mac, $"Nothing was sent: {wrong.Value}"), wrong.Status));
        }
    }

    private RazorComponentResult<TemplatePage> Show(long? id, string title, FormInput form, int status = StatusCodes.Status200OK) => server.Store.Read(session =>
        PageMap.Page<TemplatePage>(new TemplateModel(id, title, form, session.Models(), session.Locations()), status));

    private PhoneTemplateModel Read(string mac, string? note) => new(
        server.Store.Read(session => PhoneRoutes.Head(session, mac)), DeviceTemplateView.Of(server.Templates.Resolve(mac)), note);

    private static long Id(HttpContext context) => PageRequest.Id(context, "template");
}
