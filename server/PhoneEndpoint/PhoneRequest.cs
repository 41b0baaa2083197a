using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections.Features;
using OpenStage.Protocol.Wire;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>What came from a phone, as it was on the wire.</summary>
internal sealed record PhoneRequest
{
    public required string Method { get; init; }

    public required string Target { get; init; }

    public required string Path { get; init; }

    public required IReadOnlyList<HttpHeader> Headers { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public required IReadOnlyList<string> Cookies { get; init; }

    /// <summary>IP address of the phone.</summary>
    public required string Address { get; init; }

    public required string Client { get; init; }

    public required string Server { get; init; }

    public required string TlsVersion { get; init; }

    /// <summary>SHA-256 of the client certificate, hex in upper case; empty on the default port.</summary>
    public string ClientThumbprint { get; init; } = "";

    /// <summary>Common name of the client certificate, which is the MAC address of its phone; empty on the default port.</summary>
    public string ClientMac { get; init; } = "";

    public PhoneCaller Caller => new(Address, Server, ClientThumbprint, ClientMac);

    public static PhoneRequest Of(HttpContext context)
    {
        var request = context.Request;
        var remote = Plain(context.Connection.RemoteIpAddress);
        var certificate = context.Connection.ClientCertificate;
        return new PhoneRequest
        {
            Method = request.Method,
            Target = request.PathBase + request.Path + request.QueryString,
            Path = request.Path.Value ?? "",
            Headers = [.. request.Headers.SelectMany(header => header.Value.Select(value => new HttpHeader(header.Key, value ?? "")))],
            Cookies = SessionCookie.Read(request.Headers.Cookie),
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
