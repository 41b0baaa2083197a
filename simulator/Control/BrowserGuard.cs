using System.Net;

namespace OpenStage.Simulator.Control;

/// <summary>Keeps web pages of others away from the phones.</summary>
internal static class BrowserGuard
{
    /// <summary>
    /// A web page open in somebody's browser must not control phones, by whatever name it reaches this port: nor may it
    /// show a front panel in a frame of its own and have the person click there unawares.
    /// </summary>
    public static Task RefuseForeignPagesAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";

        var request = context.Request;
        if (!IsLocal(request.Host.Host))
            return RefuseAsync(context, "Host", request.Host.Value ?? "", "localhost or a loopback address");
        var origin = request.Headers.Origin.ToString();
        var own = $"{request.Scheme}://{request.Host.Value}";
        return origin.Length == 0 || origin.Equals(own, StringComparison.OrdinalIgnoreCase)
            ? next(context)
            : RefuseAsync(context, "Origin", origin, own);
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext context, string header, string value, string allowed) =>
        Results.Problem($"{header} '{value}' is not allowed; allowed is {allowed}.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
}
