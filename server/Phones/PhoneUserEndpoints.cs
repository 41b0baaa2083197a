using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenStage.Server.Phones;

/// <summary>Those who have phones.</summary>
internal sealed class PhoneUserEndpoints(PhoneUsers users)
{
    private const string UserId = "Id of the user.";

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/users", List).Described("listUsers", "Users in order of their extensions", 400);
        api.MapPost("/users", CreateAsync)
            .Described("createUser", "Creates a user", 400, 409).WithBody(PhoneUserBodies.New);
        api.MapGet("/users/{id}", ([Description(UserId)] string id, HttpContext context) => users.Show(id, PhoneReader.Of(context.User)))
            .Described("showUser", "One user", 404);
        api.MapPost("/users/{id}", UpdateAsync)
            .Described("updateUser", "Changes fields of a user; the user's phones follow", 400, 404, 409).WithBody(PhoneUserBodies.Update);
        api.MapPost("/users/{id}/destroy", Destroy)
            .Described("deleteUser", "Takes a user's phones, then the user", 404, 409);
    }

    private UserListView List(
        [Description("Any part of name, extension, display name or mail address, in any case.")] string? search,
        [Description("Users to leave out at the beginning, 0 or more; default 0.")] string? skip,
        [Description("Most users, 1 to 100; default 100.")] string? top,
        HttpContext context) =>
        users.List(search, Number("skip", skip, 0, int.MaxValue, 0), Number("top", top, 1, 100, 100), PhoneReader.Of(context.User));

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

    /// <summary>Text, so that what is no number is refused like what is out of range.</summary>
    private static int Number(string field, string? text, int least, int most, int otherwise)
    {
        if (text is null)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new RequestException(field, text, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
    }
}
