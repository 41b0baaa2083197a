using OpenStage.Harness.Evidence;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Listening;

/// <summary>A request to a listener of the lab.</summary>
/// <param name="Target">Path and query as sent.</param>
/// <param name="ClientThumbprint">Thumbprint of the certificate that the phone showed, or empty.</param>
/// <param name="Records">TLS records in which the request came, with up to three of the handshake in the first; 0 without TLS.</param>
public sealed record LabRequest(string Method, string Target, byte[] Body, string ClientThumbprint, int Records = 0)
{
    /// <summary>Headers in their order.</summary>
    public IReadOnlyList<HttpHeader> Headers { get; init; } = [];

    /// <summary>The body as a message of the phone.</summary>
    public WireMessage Message => new(Method, Target, [], Body);
}
