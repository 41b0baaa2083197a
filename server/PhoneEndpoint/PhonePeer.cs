using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections.Features;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>The two ends of a phone's connection, the same for all its requests.</summary>
internal sealed record PhonePeer
{
    /// <summary>IP address of the phone.</summary>
    public required string Address { get; init; }

    /// <summary>Address and port of the phone.</summary>
    public required string Client { get; init; }

    /// <summary>Address and port that the phone called.</summary>
    public required string Server { get; init; }

    /// <summary>Such as Tls12; empty without encryption.</summary>
    public required string TlsVersion { get; init; }

    /// <summary>SHA-256 of the client certificate, hex in upper case; empty on the default port.</summary>
    public required string ClientThumbprint { get; init; }

    /// <summary>Common name of the client certificate, which is the MAC address of its phone; empty on the default port.</summary>
    public required string ClientMac { get; init; }

    /// <summary>Told once for a connection, and then known.</summary>
    public static PhonePeer Of(HttpContext context)
    {
        if (context.Features.Get<PhoneConnection>() is not { } connection)
            return Look(context);
        return connection.Peer ??= Look(context);
    }

    private static PhonePeer Look(HttpContext context)
    {
        var remote = Plain(context.Connection.RemoteIpAddress);
        var certificate = context.Connection.ClientCertificate;
        return new PhonePeer
        {
            Address = remote.ToString(),
            Client = new IPEndPoint(remote, context.Connection.RemotePort).ToString(),
            Server = new IPEndPoint(Plain(context.Connection.LocalIpAddress), context.Connection.LocalPort).ToString(),
            TlsVersion = context.Features.Get<ITlsHandshakeFeature>()?.Protocol.ToString() ?? "",
            ClientThumbprint = certificate is null ? "" : CertificateMaker.Thumbprint(certificate),
            ClientMac = certificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false) ?? "",
        };
    }

    private static IPAddress Plain(IPAddress? address) =>
        address is null ? IPAddress.None : address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
