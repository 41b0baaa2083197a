using System.Net;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Server.Accounts;

namespace OpenStage.Server.Admin;

/// <summary>
/// Keeps web pages of others out. A page in the administrator's browser can post to a local port, and by rebinding its
/// host name to 127.0.0.1 even read the answers; neither passes here.
/// </summary>
/// <param name="bound">Address that is listened on.</param>
/// <param name="certificate">Of HTTPS; the names in it are ours too.</param>
internal sealed class BrowserGuard(IPAddress bound, X509Certificate2? certificate = null)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!IsOurs(request.Host.Host))
        {
            await ApiErrors.WriteAsync(context, 421, "Host", request.Host.Value ?? "", $"localhost or {bound}");
            return;
        }

        if (request.Headers.Origin is [{ } origin, ..] && !origin.Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase))
        {
            await ApiErrors.WriteAsync(context, 403, "Origin", origin, $"{request.Scheme}://{request.Host.Value}");
            return;
        }

        if (!AccessRules.IsReading(request.Method) && request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"])
        {
            await ApiErrors.WriteAsync(context, 403, "Sec-Fetch-Site", request.Headers["Sec-Fetch-Site"].ToString(), "same-origin or none");
            return;
        }

        await next(context);
    }

    /// <summary>True for a POST that asks for something by its path alone.</summary>
    private static bool IsBare(HttpRequest request) =>
        request.ContentType is null && request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0;

    private bool IsOurs(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;

        // A name can be rebound, an address cannot, nor a name for which a certificate was issued.
        return IPAddress.TryParse(host.Trim('[', ']'), out var address)
            ? IPAddress.IsLoopback(address) || address.Equals(bound) || bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any)
            : certificate?.MatchesHostname(host) == true;
    }
}
