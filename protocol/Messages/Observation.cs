namespace OpenStage.Protocol.Messages;

/// <summary>
/// A named deviation of a peer from the guide. It is a value, not an exception: who reads it decides what it means.
/// </summary>
/// <param name="Code">Stable name such as <c>root-name</c> or <c>reply-without-cookie</c>.</param>
/// <param name="Expected">What the guide asks for.</param>
/// <param name="Actual">What came; never a secret.</param>
/// <param name="Page">Page of the guide, or null when the guide is silent.</param>
public sealed record Observation(string Code, string Expected, string Actual, int? Page = null)
{
    /// <summary>Line of the message, from 1, or 0 when it is not about a place in a message.</summary>
    public int Line { get; init; }

    /// <summary>Column of the message, from 1, or 0.</summary>
    public int Column { get; init; }
}
