using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>What keeps phones that send slowly, or too many at once, from keeping the others waiting.</summary>
internal static class SenderLimits
{
    public static void Apply(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = options.HeadTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.MinBodyRate, options.BodyGrace);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30); // Some phones need the connection for 30 s (field).
    }
}
