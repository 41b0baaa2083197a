using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Conversations;

/// <summary>One POST of a phone as it was on the wire.</summary>
/// <param name="Message">The message when the body is one, else null.</param>
/// <param name="SessionCookie">The cookie of the conversation's session: the one presented, or the one that will be set.</param>
/// <param name="NewSession">True for an initiating message (WPI guide p.28).</param>
public sealed record ScriptedRequest(
    string Method,
    string Target,
    IReadOnlyList<HttpHeader> Headers,
    ReadOnlyMemory<byte> Body,
    WorkpointMessage? Message,
    string? SessionCookie,
    bool NewSession);
