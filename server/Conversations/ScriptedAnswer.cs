namespace OpenStage.Server.Conversations;

/// <summary>What a script wants on the wire, right or wrong.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Chunked">Sends the body in chunks, which old firmware cannot take (WPI guide p.12).</param>
/// <param name="SetCookie">Sets the session cookie when this answers an initiating message (p.34).</param>
/// <param name="Abort">Drops the connection instead of answering.</param>
public sealed record ScriptedAnswer(
    int Status,
    ReadOnlyMemory<byte> Body,
    string ContentType = "text/xml; charset=UTF-8",
    bool Chunked = false,
    bool SetCookie = true,
    bool Abort = false);
