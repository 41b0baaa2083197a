using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using OpenStage.Protocol.Wire;

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

    public static PhoneRequest Of(HttpContext context)
    {
        var request = context.Request;
        var remote = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (remote.IsIPv4MappedToIPv6)
            remote = remote.MapToIPv4();
        return new PhoneRequest
        {
            Method = request.Method,
            Target = request.PathBase + request.Path + request.QueryString,
            Path = request.Path.Value ?? "",
            Headers = [.. request.Headers.SelectMany(header => header.Value.Select(value => new HttpHeader(header.Key, value ?? "")))],
            Cookies = SessionCookie.Read(request.Headers.Cookie),
            Address = remote.ToString(),
            Client = new IPEndPoint(remote, context.Connection.RemotePort).ToString(),
            Server = new IPEndPoint(context.Connection.LocalIpAddress ?? IPAddress.None, context.Connection.LocalPort).ToString(),
            TlsVersion = context.Features.Get<ITlsHandshakeFeature>()?.Protocol.ToString() ?? "",
        };
    }
}
