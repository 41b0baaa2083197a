using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Observations;
using OpenStage.Server.Storage;

namespace OpenStage.Server.SecureMode;

/// <summary>
/// TLS of the secure port: both sides show certificates of the server's own authority (WPI guide p.12, p.62). No other
/// authority counts, nothing is downloaded, and each connection is checked, none resumes another.
/// </summary>
internal sealed class SecurePort(Database database, Authority authority, ObservationBook book, TimeProvider time, ServerOptions options)
{
    private readonly Lock gate = new();
    private readonly IReadOnlyList<string> names = Names(options);
    private (PortCertificate Stored, SslStreamCertificateContext Context)? current;

    /// <summary>Sets up the handshake of one connection.</summary>
    public void Authenticate(ConnectionContext connection, SslServerAuthenticationOptions handshake)
    {
        handshake.ServerCertificateSelectionCallback = null;
        handshake.ServerCertificateContext = Certificate();
        handshake.ClientCertificateRequired = true;
        handshake.AllowTlsResume = false;
        handshake.CertificateChainPolicy = Policy();
        handshake.RemoteCertificateValidationCallback = (_, certificate, _, errors) => Admits(certificate, errors);
    }

    /// <summary>Addresses and names that phones may call this node by.</summary>
    internal static IReadOnlyList<string> Names(ServerOptions options)
    {
        List<string> found = [];
        if (options.AdvertisedAddress is { } advertised)
            found.Add(advertised.Trim('[', ']'));
        var address = options.ListenAddress;
        var any = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        if (any)
            found.Add(Environment.MachineName);
        else
            found.Add(address.ToString());
        if (any || IPAddress.IsLoopback(address))
            found.AddRange(["localhost", IPAddress.Loopback.ToString()]);
        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private SslStreamCertificateContext Certificate()
    {
        lock (gate)
        {
            if (current is { } known && !authority.IsOutdated(known.Stored))
                return known.Context;
            var stored = authority.ForPort(names);
            // What TLS on Windows cannot use is a key that lives in memory alone; this one is loaded from its file form.
            var certificate = X509CertificateLoader.LoadPkcs12(stored.Pkcs12, "", X509KeyStorageFlags.Exportable);
            // Not disposed when it is replaced: handshakes may be under way with it.
            current = (stored, SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true));
            return current.Value.Context;
        }
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // The table of issued certificates says what is revoked.
            DisableCertificateDownloads = true,
            VerificationTime = time.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.CustomTrustStore.AddRange(authority.TrustedCertificates());
        return policy;
    }

    private bool Admits(X509Certificate? certificate, SslPolicyErrors errors)
    {
        const string Expected = "a client certificate that this server issued and did not revoke";
        if (certificate is null)
            return Refuse("", "none");
        var known = database.Read(session => session.ClientCertificate(CertificateMaker.Thumbprint(certificate)));
        if (known is null)
            return Refuse("", $"one that it did not issue: {certificate.Subject}");
        if (known.Revoked is not null)
            return Refuse(known.Mac, "one that is revoked");
        return errors == SslPolicyErrors.None || Refuse(known.Mac, "one that is not valid, or of an authority that was given up");

        bool Refuse(string mac, string actual)
        {
            book.Add(mac, new Observation("client-certificate", Expected, actual.Length <= 200 ? actual : actual[..200], 62));
            return false;
        }
    }
}
