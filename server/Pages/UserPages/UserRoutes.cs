using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Audit;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>The pages of users, and of the PBX's addresses that their phones get.</summary>
internal sealed class UserRoutes(ProvisioningServer server)
{
    private const int PageSize = 50;

    private readonly PhoneResource resource = server.Phones;

    public void Map(PageMap map)
    {
        map.Get("/users", context => PageMap.Page<UserListPage>(ReadList(context)));
        map.Post("/users/reprovision", "", ReprovisionAll);
        map.Get("/users/new", _ => ShowNew(FormInput.Empty));
        map.Post("/users", UserForm.Fields, Create, (_, form) => ShowNew(form));
        map.Get("/users/{id}", context => Show(context, null));
        map.Post("/users/{id}", UserForm.Fields, Update, Show);
        map.Post("/users/{id}/delete", "", Delete);
        map.Get("/network", context => ShowNetwork(Network(), context.Request.Query.ContainsKey("saved")));
        map.Post("/network", NetworkForm.Fields, UpdateNetwork, (_, form) => ShowNetwork(form, false));
    }

    private UserListModel ReadList(HttpContext context)
    {
        var search = PageRequest.Text(context, "q");
        var reader = PhoneReader.Of(context.User);
        var paging = Paging.Of(PageRequest.Page(context), PageSize, resource.Users.List(search, 0, 1, reader).Count);
        var users = resource.Users.List(search, paging.Skip, PageSize, reader).Items;
        return new UserListModel(search, server.Store.Read(session =>
            users.Select(user => (user, (IReadOnlyList<string>)[.. session.UserPhones(user.Id).Select(phone => phone.Mac)])).ToList()), paging);
    }

    private IResult ReprovisionAll(HttpContext context, FormInput form)
    {
        resource.Known.ReprovisionAll(EndpointWords.By(context));
        return PageMap.Page<UserListPage>(ReadList(context) with { Note = "All phones of users are given what they lack; see the jobs." });
    }

    private IResult Create(HttpContext context, FormInput form)
    {
        AuditNote.Set(context, $"user '{form["name"]}'");
        return Results.LocalRedirect($"/users/{resource.Users.Create(BodyForm.Read(PhoneUserBodies.New, form))}");
    }

    private IResult Update(HttpContext context, FormInput form)
    {
        var user = User(context);
        AuditNote.Set(context, $"user '{user.Name}'");
        resource.Users.Update(user.Id, BodyForm.Read(PhoneUserBodies.Update, form, BodyForm.Of(PhoneUserBodies.Update, user)), EndpointWords.By(context));
        return Results.LocalRedirect($"/users/{user.Id}");
    }

    private IResult Delete(HttpContext context, FormInput form)
    {
        resource.Users.Destroy(User(context).Id, EndpointWords.By(context));
        return Results.LocalRedirect("/users");
    }

    private IResult UpdateNetwork(HttpContext context, FormInput form)
    {
        resource.Network.Update(BodyForm.Read(NetworkBody.Update, form, Network()));
        return Results.LocalRedirect("/network?saved=yes");
    }

    private FormInput Network() => BodyForm.Of(NetworkBody.Update, NetworkView.Of(resource.Network.Show()));

    private static RazorComponentResult<NetworkPage> ShowNetwork(FormInput form, bool isSaved) =>
        PageMap.Page<NetworkPage>(new NetworkModel(form, NetworkForm.Shown, NetworkForm.Fields, isSaved), form);

    private static RazorComponentResult<UserPage> ShowNew(FormInput form) =>
        PageMap.Page<UserPage>(new UserModel { Form = form, Fields = UserForm.Of(null), Names = UserForm.Fields }, form);

    private RazorComponentResult<UserPage> Show(HttpContext context, FormInput? sent)
    {
        var reader = PhoneReader.Of(context.User);
        var user = User(context);
        var form = sent ?? BodyForm.Of(PhoneUserBodies.Update, user);
        return PageMap.Page<UserPage>(new UserModel
        {
            User = user,
            Form = form,
            Fields = UserForm.Of(user),
            Names = UserForm.Fields,
            Phones = [.. resource.Phones.List(user.Id, reader).Select(phone => (phone, resource.Known.Show(phone.Mac, reader)))],
            Templates = [.. resource.Templates.List().Select(template => KeyValuePair.Create(template.Filename, template.Profile().DisplayName + (template.IsCustom ? $" ({template.Filename})" : "")))],
        }, form);
    }

    private UserView User(HttpContext context) => resource.Users.Show(context.Request.RouteValues["id"]?.ToString() ?? "", PhoneReader.Of(context.User));
}
