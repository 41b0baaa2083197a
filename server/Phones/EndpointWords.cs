using OpenStage.Server.Admin;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Phones;

/// <summary>What the endpoints of the phones resource have in common.</summary>
internal static class EndpointWords
{
    /// <summary>Describes an operation, with its refusals.</summary>
    public static RouteHandlerBuilder Described(this RouteHandlerBuilder route, string name, string summary, params ReadOnlySpan<int> refusals)
    {
        route.WithName(name).WithSummary(summary).WithTags("Phones");
        foreach (var status in refusals)
            route.Produces<ApiErrorList>(status);
        return route;
    }

    /// <summary>The normal form of a MAC address in a path.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static string Mac(string mac) => MacAddress.TryNormalise(mac, out var normal)
        ? normal
        : throw new RequestException("mac", mac, "a MAC address such as 00:1A:E8:00:00:01");

    /// <summary>Name of who asks; empty for the server itself.</summary>
    public static string By(HttpContext context) => context.User.Identity?.Name ?? "";
}
