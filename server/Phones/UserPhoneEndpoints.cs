using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Description;

namespace OpenStage.Server.Phones;

/// <summary>The phones of a user.</summary>
internal sealed class UserPhoneEndpoints(PhoneDirectory phones)
{
    private const string UserId = "Id of the user.";
    private const string PhoneId = "Id of the phone.";

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/users/{id}/phones", ([Description(UserId)] string id, HttpContext context) =>
                new ItemsView<PhoneView>(phones.List(id, PhoneReader.Of(context.User))))
            .Described("listUserPhones", "All phones of a user", 404);
        api.MapPost("/users/{id}/phones", CreateAsync)
            .Described("createUserPhone", "Gives a user a phone", 400, 404, 409).WithBody(PhoneBodies.New, PhoneBodies.NewExample);
        api.MapGet("/users/{id}/phones/{phone_id}", ([Description(UserId)] string id, [Description(PhoneId)] string phone_id, HttpContext context) =>
                phones.Show(id, phone_id, PhoneReader.Of(context.User)))
            .Described("showUserPhone", "One phone of a user", 404);
        api.MapPost("/users/{id}/phones/{phone_id}", UpdateAsync)
            .Described("updateUserPhone", "Changes fields of a phone; what is not given stays", 400, 404).WithBody(PhoneBodies.Update, PhoneBodies.UpdateExample);
        api.MapPost("/users/{id}/phones/{phone_id}/destroy", Destroy)
            .Described("deleteUserPhone", "Takes a phone from its user", 404);
    }

    private async Task<Created<CreatedView>> CreateAsync([Description(UserId)] string id, HttpContext context)
    {
        var created = phones.Create(id, await PhoneBodies.New.ReadAsync(context.Request), EndpointWords.By(context));
        return TypedResults.Created($"/api/users/{id}/phones/{created}", new CreatedView(created));
    }

    private async Task<Ok> UpdateAsync([Description(UserId)] string id, [Description(PhoneId)] string phone_id, HttpContext context)
    {
        phones.Update(id, phone_id, await PhoneBodies.Update.ReadAsync(context.Request), EndpointWords.By(context));
        return TypedResults.Ok();
    }

    private NoContent Destroy([Description(UserId)] string id, [Description(PhoneId)] string phone_id, HttpContext context)
    {
        phones.Destroy(id, phone_id, EndpointWords.By(context));
        return TypedResults.NoContent();
    }
}
