using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Description;

namespace OpenStage.Server.Mobility;

/// <summary>Mobile users in the API.</summary>
internal sealed class MobileUserEndpoints(MobileUserDirectory users)
{
    private const string Number = "Number of the user: 1 to 64 digits, +, * or #";
    private const string NumberExample = "1001";

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/mobile-users").WithTags("mobile-users");
        group.MapGet("", () => users.List().Select(MobileUserView.Of)).Described("listMobileUsers", "Mobile users, in order of their numbers");
        group.MapGet("/{number}", ([Description(Number), Allowed(Longest = 64, Example = NumberExample)] string number) => MobileUserView.Of(Known(number)))
            .Described("showMobileUser", "One mobile user", 404);
        group.MapPut("/{number}", Put).Described("putMobileUser", "Makes a mobile user or changes one; without a password the present one stays")
            .Example("""{"password":"4711","profile":[{"name":"ringer-melody","value":"3"}]}""");
        group.MapDelete("/{number}", Delete).Described("deleteMobileUser", "Takes a mobile user away, with the kept user data", 404).Produces(204);
    }

    private MobileUserView Put([Description(Number), Allowed(Longest = 64, Example = NumberExample)] string number, NewMobileUser asked)
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

    private NoContent Delete([Description(Number), Allowed(Longest = 64, Example = NumberExample)] string number)
    {
        Known(number);
        users.Delete(number);
        return TypedResults.NoContent();
    }

    private MobileUser Known(string number) =>
        users.Get(number) ?? throw RequestException.NotFound("number", number, "the number of a mobile user in /api/mobile-users");
}
