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

    public required PhonePeer Peer { get; init; }

    public PhoneCaller Caller => new(Peer.Address, Peer.Server, Peer.ClientThumbprint, Peer.ClientMac);

    public static PhoneRequest Of(HttpContext context)
    {
        var request = context.Request;
        return new PhoneRequest
        {
            Method = request.Method,
            Target = request.PathBase + request.Path + request.QueryString,
            Path = request.Path.Value ?? "",
            Headers = HeadersOf(request.Headers),
            Cookies = SessionCookie.Read(request.Headers.Cookie),
            Peer = PhonePeer.Of(context),
        };
    }

    /// <summary>Headers as they stand on the wire, one for each value.</summary>
    public static List<HttpHeader> HeadersOf(IHeaderDictionary headers)
    {
        var found = new List<HttpHeader>(headers.Count);
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
                found.Add(new HttpHeader(name, value ?? ""));
        }

        return found;
    }
}
