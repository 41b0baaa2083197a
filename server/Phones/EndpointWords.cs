using OpenStage.Server.Admin;

namespace OpenStage.Server.Phones;

/// <summary>What the endpoints of the phones resource have in common.</summary>
internal static class EndpointWords
{
    /// <summary>The normal form of a MAC address in a path.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static string Mac(string mac) => Asked.Mac("mac", mac);

    /// <summary>Name of who asks; empty for the server itself.</summary>
    public static string By(HttpContext context) => context.User.Identity?.Name ?? "";
}
