using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Interactions;

/// <param name="Mac">The phone, or empty when it is not known for sure.</param>
/// <param name="Cookie">The session, or empty when there is none.</param>
/// <param name="SetCookie">True when the phone must be told the cookie.</param>
internal sealed record EngineAnswer(DlsMessage Message, string Mac, string Cookie, bool SetCookie)
{
    /// <summary>True when the message was not taken, because it came on the wrong port: nothing was done.</summary>
    public bool Refused { get; init; }

    /// <summary>True when whoever contacts phones has seen what came of the message.</summary>
    public bool IsWatched { get; init; }

    /// <summary>True when the phone was sent away because too many others are being served.</summary>
    public bool IsOverload { get; init; }
}
