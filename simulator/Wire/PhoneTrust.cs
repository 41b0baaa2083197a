using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Protocol.SecureMode;

namespace OpenStage.Simulator.Wire;

/// <summary>Whom a phone trusts and what it shows of itself: nobody checked in Default Mode, both sides in Secure Mode.</summary>
internal sealed class PhoneTrust : IDisposable
{
    /// <summary>
    /// OpenSSL refuses names of more than 255 bytes, and goes on without. All but the dots at its end is short, as .NET reads
    /// over those where it looks at a name, four times in a handshake and once at its end: it throws at one that is too long.
    /// </summary>
    private static readonly string TooLongToBeSent = "address".PadRight(300, '.');

    private readonly X509Certificate2? client;
    private readonly X509Certificate2Collection authorities = [];
    private volatile HostOptions? options;
    private volatile byte[]? accepted;

    private PhoneTrust()
    {
    }

    /// <summary>Default Mode: the phone does not authenticate the service (WPI guide p.12).</summary>
    public static PhoneTrust Nobody { get; } = new();

    /// <summary>Secure Mode: mutual authentication (p.12, p.62).</summary>
    public PhoneTrust(SecureModeData data)
    {
        client = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(data.ClientCertificate), "");
        foreach (var authority in data.Authorities)
            authorities.Add(SecureModeData.Certificate(authority));
    }

    /// <summary>How to shake hands with a server: made once for all connections to a host.</summary>
    public SslClientAuthenticationOptions OptionsFor(Uri server)
    {
        if (options is { } made && made.Host == server.IdnHost)
            return made.Options;
        made = new HostOptions(server.IdnHost, Make(server.IdnHost));
        options = made;
        return made.Options;
    }

    public void Dispose()
    {
        client?.Dispose();
        foreach (var authority in authorities)
            authority.Dispose();
    }

    private SslClientAuthenticationOptions Make(string host)
    {
        var made = new SslClientAuthenticationOptions
        {
            TargetHost = client is null && IsNeverNamed(host) ? TooLongToBeSent : host,
            CertificateChainPolicy = Unasked(),
            AllowTlsResume = client is null && IsNeverNamed(host),
#pragma warning disable CA5398 // The phones are older than TLS 1.3: 1.2 is the latest that any of them has (field).
            EnabledSslProtocols = SslProtocols.Tls12,
#pragma warning restore CA5398
        };
        if (client is null)
        {
#pragma warning disable CA5359 // Default Mode, as said above.
            made.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
            made.CertificateChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreInvalidName;
#pragma warning restore CA5359
            return made;
        }

        // The name is not checked: phones are given addresses, and the authority is the site's own.
        made.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && IsOfAuthority(shown);
        made.ClientCertificateContext = SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true);
        return made;
    }

    /// <summary>
    /// True where resumption may be allowed, so that OpenSSL's settings are made once and not for each connection, which
    /// was a sixth of what phones need of the processor in a storm. No session is ever taken up again, which a phone that starts would not do
    /// and thousands in a process must not do with each other's: sessions are kept by the name that a client sends, and an
    /// address is never sent as one (RFC 6066). .NET makes them once for what is no address only, so that it gets a
    /// name of which nothing can be sent.
    /// </summary>
    private static bool IsNeverNamed(string host) => OperatingSystem.IsLinux() && IPAddress.TryParse(host, out _);

    /// <summary>
    /// What the certificate of a service is worth is decided here alone: without this, each handshake would read the
    /// system's authorities, and load from wherever a certificate says.
    /// </summary>
    private static X509ChainPolicy Unasked() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    /// <summary>Each certificate is looked at once, not with each connection.</summary>
    private bool IsOfAuthority(X509Certificate2 shown)
    {
        if (accepted is { } known && shown.RawDataMemory.Span.SequenceEqual(known))
            return true;
        if (!HasChain(shown))
            return false;
        accepted = shown.RawData;
        return true;
    }

    private bool HasChain(X509Certificate2 shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = Unasked();
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(shown);
    }

    /// <summary>How to shake hands with a host.</summary>
    private sealed record HostOptions(string Host, SslClientAuthenticationOptions Options);
}
