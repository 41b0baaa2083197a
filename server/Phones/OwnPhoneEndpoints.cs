using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Description;

namespace OpenStage.Server.Phones;

/// <summary>The phones of who is signed in: of the user with the account's name.</summary>
internal sealed class OwnPhoneEndpoints(PhoneDirectory phones, PhoneUsers users)
{
    private const string PhoneId = "Id of the phone.";

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/user/phones", (HttpContext context) =>
                new ItemsView<PhoneView>(phones.List(Own(context).Id, PhoneReader.Of(context.User) with { WantsFirmware = true })))
            .Described("listOwnPhones", "All phones of the user who is signed in, with their firmware", 401, 404);
        api.MapPost("/user/phones", CreateAsync)
            .Described("createOwnPhone", "Gives the user who is signed in a phone", 400, 401, 404, 409).WithBody(PhoneBodies.New, PhoneBodies.NewExample);
        api.MapGet("/user/phones/{id}", ([Description(PhoneId)] string id, HttpContext context) =>
                phones.Show(Own(context).Id, id, PhoneReader.Of(context.User)))
            .Described("showOwnPhone", "One phone of the user who is signed in", 401, 404);
        api.MapPost("/user/phones/{id}", UpdateAsync)
            .Described("updateOwnPhone", "Changes fields of a phone of the user who is signed in", 400, 401, 404).WithBody(PhoneBodies.Update, PhoneBodies.UpdateExample);
        api.MapPost("/user/phones/{id}/destroy", Destroy)
            .Described("deleteOwnPhone", "Takes a phone from the user who is signed in", 401, 404);
    }

    private async Task<Created<CreatedView>> CreateAsync(HttpRequest request)
    {
        var created = phones.Create(Own(request.HttpContext).Id, await PhoneBodies.New.ReadAsync(request), EndpointWords.By(request.HttpContext));
        return TypedResults.Created($"/api/user/phones/{created}", new CreatedView(created));
    }

    private async Task<Ok> UpdateAsync([Description(PhoneId)] string id, HttpContext context)
    {
        phones.Update(Own(context).Id, id, await PhoneBodies.Update.ReadAsync(context.Request), EndpointWords.By(context));
        return TypedResults.Ok();
    }

    private NoContent Destroy([Description(PhoneId)] string id, HttpContext context)
    {
        phones.Destroy(Own(context).Id, id, EndpointWords.By(context));
        return TypedResults.NoContent();
    }

    /// <exception cref="RequestException">Nobody is signed in, or no user has the account's name.</exception>
    private PhoneUser Own(HttpContext context)
    {
        if (context.User.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } name })
            throw new RequestException("Authorization", "nobody is signed in", "the token of an account") { Status = 401 };
        return users.Named(name) ?? throw RequestException.NotFound("user", name, "an account with the name of a user in /api/users");
    }
}
