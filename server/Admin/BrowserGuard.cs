using System.Net;

namespace OpenStage.Server.Admin;

/// <summary>
/// Keeps web pages of others out. A page in the administrator's browser can post to a local port, and by rebinding its
/// host name to 127.0.0.1 even read the answers; neither passes here.
/// </summary>
internal sealed class BrowserGuard(IPAddress bound)
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

        // Only content types that a plain HTML form cannot send may write.
        if (HttpMethods.IsPost(request.Method) && !request.HasJsonContentType())
        {
            await ApiErrors.WriteAsync(context, 415, "Content-Type", request.ContentType ?? "", "application/json");
            return;
        }

        await next(context);
    }

    private bool IsOurs(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;

        // A name can be rebound, an address cannot.
        return IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && (IPAddress.IsLoopback(address) || address.Equals(bound) || bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any));
    }
}
