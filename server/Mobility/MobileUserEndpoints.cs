using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Mobility;

/// <summary>Mobile users in the API.</summary>
internal sealed class MobileUserEndpoints(MobileUserDirectory users)
{
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/mobile-users", () => users.List().Select(MobileUserView.Of)).WithSummary("Mobile users, in order of their numbers");
        api.MapGet("/mobile-users/{number}", (string number) => MobileUserView.Of(Known(number))).WithSummary("One mobile user");
        api.MapPut("/mobile-users/{number}", Put).WithSummary("Makes a mobile user or changes one; without a password the present one stays");
        api.MapDelete("/mobile-users/{number}", Delete).WithSummary("Takes a mobile user away, with the kept user data").Produces(204);
    }

    private MobileUserView Put(string number, NewMobileUser asked)
    {
        var known = users.Get(number);
        var user = (known ?? new MobileUser { Number = number, Password = "" }) with
        {
            Password = asked.Password ?? known?.Password ?? "",
            Profile = asked.Profile is { } profile
                ? [.. profile.Select(item => new Item(item?.Name ?? "", item?.Value ?? "", item?.Index))]
                : known?.Profile ?? [],
        };
        users.Save(user);
        return MobileUserView.Of(user);
    }

    private NoContent Delete(string number)
    {
        Known(number);
        users.Delete(number);
        return TypedResults.NoContent();
    }

    private MobileUser Known(string number) =>
        users.Get(number) ?? throw RequestException.NotFound("number", number, "the number of a mobile user in /api/mobile-users");
}
