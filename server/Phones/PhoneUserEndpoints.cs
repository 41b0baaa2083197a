using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Description;

namespace OpenStage.Server.Phones;

/// <summary>Those who have phones.</summary>
internal sealed class PhoneUserEndpoints(PhoneUsers users)
{
    private const string UserId = "Id of the user.";
    private const int MostUsers = 100;

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/users", List).Described("listUsers", "Users in order of their extensions", 400);
        api.MapPost("/users", CreateAsync)
            .Described("createUser", "Creates a user", 400, 409).WithBody(PhoneUserBodies.New, """{"name":"Ann 1001","extension_number":"1001","extension_password":"s3cret","display_name":"Ann"}""");
        api.MapGet("/users/{id}", ([Description(UserId)] string id, HttpContext context) => users.Show(id, PhoneReader.Of(context.User)))
            .Described("showUser", "One user", 404);
        api.MapPost("/users/{id}", UpdateAsync)
            .Described("updateUser", "Changes fields of a user; the user's phones follow", 400, 404, 409).WithBody(PhoneUserBodies.Update, """{"display_name":"Ann at home","email":"ann@example.net"}""");
        api.MapPost("/users/{id}/destroy", Destroy)
            .Described("deleteUser", "Takes a user's phones, then the user", 404);
    }

    private UserListView List(
        [Description("Any part of name, extension, display name or mail address, in any case."), Allowed(Longest = Asked.LongestSearch)] string? search,
        [Description("Users to leave out at the beginning; default 0."), Allowed(IsNumber = true, Least = 0, Most = int.MaxValue)] string? skip,
        [Description("Most users; default 100."), Allowed(IsNumber = true, Least = 1, Most = MostUsers)] string? top,
        HttpContext context)
    {
        var page = Asked.Page(skip, top, MostUsers);
        return users.List(Asked.Search("search", search), page.Skip, page.Top, PhoneReader.Of(context.User));
    }

    private async Task<Created<CreatedView>> CreateAsync(HttpRequest request)
    {
        var created = users.Create(await PhoneUserBodies.New.ReadAsync(request));
        return TypedResults.Created($"/api/users/{created}", new CreatedView(created));
    }

    private async Task<Ok> UpdateAsync([Description(UserId)] string id, HttpContext context)
    {
        users.Update(id, await PhoneUserBodies.Update.ReadAsync(context.Request), EndpointWords.By(context));
        return TypedResults.Ok();
    }

    private NoContent Destroy([Description(UserId)] string id, HttpContext context)
    {
        users.Destroy(id, EndpointWords.By(context));
        return TypedResults.NoContent();
    }
}
