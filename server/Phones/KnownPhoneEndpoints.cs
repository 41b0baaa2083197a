using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Description;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Phones;

/// <summary>All phones, by their MAC addresses.</summary>
internal sealed class KnownPhoneEndpoints(KnownPhones phones)
{
    private const string Mac = "MAC address, with colons, dashes or neither.";

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/phones", (HttpContext context) => new ItemsView<KnownPhoneView>(phones.List(PhoneReader.Of(context.User))))
            .Described("listPhones", "All phones: those that users have, and those that have called");
        api.MapGet("/phones/{mac}", ([Description(Mac), Allowed(Example = MacAddress.Example)] string mac, HttpContext context) =>
                phones.Show(EndpointWords.Mac(mac), PhoneReader.Of(context.User)))
            .Described("showPhone", "One phone", 400, 404);
        api.MapGet("/phones/{mac}/assignee", ([Description(Mac), Allowed(Example = MacAddress.Example)] string mac) => phones.Assignee(EndpointWords.Mac(mac)))
            .Described("showPhoneAssignee", "Who has a phone", 400, 404);
        api.MapPost("/phones/reprovision", (HttpContext context) => Done(() => phones.ReprovisionAll(EndpointWords.By(context))))
            .Described("reprovisionPhones", "Gives all phones of users what they lack");
        api.MapPost("/phones/{mac}/reprovision", ([Description(Mac), Allowed(Example = MacAddress.Example)] string mac, HttpContext context) =>
                Done(() => phones.Reprovision(EndpointWords.Mac(mac), EndpointWords.By(context))))
            .Described("reprovisionPhone", "Gives a phone what it lacks", 400, 404);
        api.MapPost("/phones/{mac}/reboot", ([Description(Mac), Allowed(Example = MacAddress.Example)] string mac, HttpContext context) =>
                Done(() => phones.Reboot(EndpointWords.Mac(mac), EndpointWords.By(context))))
            .Described("rebootPhone", "Restarts a phone", 400, 404, 409);
        api.MapPost("/phones/{mac}/reject", ([Description(Mac), Allowed(Example = MacAddress.Example)] string mac) => Done(() => phones.Reject(EndpointWords.Mac(mac))))
            .Described("rejectPhone", "Refuses a phone that has called and that no user has", 400, 404, 409);
    }

    private static Ok Done(Action work)
    {
        work();
        return TypedResults.Ok();
    }
}
