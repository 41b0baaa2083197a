using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Harness.Listening;

/// <summary>
/// What servers and listeners of the lab show, one certificate an address for the whole process: to make a key takes as
/// long as several cases, and in Default Mode phones take any (WPI guide p.12).
/// </summary>
internal static class ServiceCertificates
{
    private static readonly ConcurrentDictionary<IPAddress, Lazy<SslStreamCertificateContext>> Made = [];

    /// <summary>The certificate of an address, with what TLS makes of it once instead of with each connection.</summary>
    public static SslStreamCertificateContext For(IPAddress address) => Made.GetOrAdd(address, static one => new(() => SslStreamCertificateContext.Create(
        ServerCertificate.Make(one, TimeProvider.System.GetUtcNow()), additionalCertificates: null, offline: true))).Value;
}
