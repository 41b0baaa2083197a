using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Protocol.SecureMode;

namespace OpenStage.Simulator.Wire;

/// <summary>Whom a phone trusts and what it shows of itself: nobody checked in Default Mode, both sides in Secure Mode.</summary>
internal sealed class PhoneTrust : IDisposable
{
    private readonly X509Certificate2? client;
    private readonly X509Certificate2Collection authorities = [];

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

    public SslClientAuthenticationOptions OptionsFor(Uri server)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = server.IdnHost };
        if (client is null)
        {
#pragma warning disable CA5359 // Default Mode, as said above.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
            return options;
        }

        // The name is not checked: phones are given addresses, and the authority is the site's own.
        options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && IsOfAuthority(shown);
        options.ClientCertificateContext = SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true);
        return options;
    }

    public void Dispose()
    {
        client?.Dispose();
        foreach (var authority in authorities)
            authority.Dispose();
    }

    private bool IsOfAuthority(X509Certificate2 shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }
}
