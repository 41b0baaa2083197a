using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Audit;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>The pages of users' phones.</summary>
internal sealed class UserPhoneRoutes(PhoneResource resource)
{
    public void Map(PageMap map)
    {
        map.Get("/users/{id}/phones/new", context => ShowNew(context, null));
        map.Post("/users/{id}/phones", PhoneForm.NewFields, Create, ShowNew);
        map.Get("/users/{id}/phones/{phone}", context => Show(context, null));
        map.Post("/users/{id}/phones/{phone}", PhoneForm.UpdateFields, Update, Show);
        map.Post("/users/{id}/phones/{phone}/delete", "", Delete);
    }

    private IResult Create(HttpContext context, FormInput form)
    {
        var user = User(context);
        var profile = Profile(form["filename"]);
        AuditNote.Set(context, $"phone for user '{user.Name}'");
        var body = BodyForm.Read(PhoneBodies.New, form, known: new Dictionary<string, string> { ["vendor"] = profile.Vendor, ["model"] = profile.Model });
        return Results.LocalRedirect($"/users/{user.Id}/phones/{resource.Phones.Create(user.Id, body, EndpointWords.By(context))}");
    }

    private IResult Update(HttpContext context, FormInput form)
    {
        var (user, phone) = (User(context), Phone(context));
        AuditNote.Set(context, $"phone {phone.Mac} of user '{user.Name}'");
        var before = BodyForm.Of(PhoneBodies.Update, phone);
        resource.Phones.Update(user.Id, phone.Id, BodyForm.Read(PhoneBodies.Update, form, before), EndpointWords.By(context));
        return Results.LocalRedirect($"/users/{user.Id}/phones/{phone.Id}");
    }

    private IResult Delete(HttpContext context, FormInput form)
    {
        var user = User(context);
        resource.Phones.Destroy(user.Id, Phone(context).Id, EndpointWords.By(context));
        return Results.LocalRedirect($"/users/{user.Id}");
    }

    private RazorComponentResult<UserPhonePage> ShowNew(HttpContext context, FormInput? sent)
    {
        var user = User(context);
        var filename = sent?["filename"] ?? PageRequest.Text(context, "filename") ?? resource.Templates.List()[0].Filename;
        var profile = Profile(filename);
        var form = sent ?? PhoneForm.Blank(filename, profile, PageRequest.Text(context, "mac") ?? "");
        return PageMap.Page<UserPhonePage>(
            new UserPhoneModel(user, null, null, filename, profile.DisplayName, form, PhoneForm.Of(PhoneBodies.New, profile, FormInput.Empty, null), PhoneForm.NewFields), form);
    }

    private RazorComponentResult<UserPhonePage> Show(HttpContext context, FormInput? sent)
    {
        var (user, phone) = (User(context), Phone(context));
        var now = BodyForm.Of(PhoneBodies.Update, phone);
        var profile = Profile(phone.Filename);
        return PageMap.Page<UserPhonePage>(
            new UserPhoneModel(user, phone, resource.Known.Show(phone.Mac, Reader(context)), phone.Filename, profile.DisplayName, sent ?? now,
                PhoneForm.Of(PhoneBodies.Update, profile, now, phone), PhoneForm.UpdateFields), sent ?? now);
    }

    private UserView User(HttpContext context) => resource.Users.Show(Route(context, "id"), Reader(context));

    private PhoneView Phone(HttpContext context) => resource.Phones.Show(Route(context, "id"), Route(context, "phone"), Reader(context));

    private ModelProfile Profile(string filename) => resource.Templates.Get(filename).Profile();

    private static PhoneReader Reader(HttpContext context) => PhoneReader.Of(context.User);

    private static string Route(HttpContext context, string name) => context.Request.RouteValues[name]?.ToString() ?? "";
}
