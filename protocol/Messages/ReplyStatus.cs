namespace OpenStage.Protocol.Messages;

/// <summary>How a phone answers an action (WPI guide p.29).</summary>
public enum ReplyStatus
{
    /// <summary>No status attribute.</summary>
    None,

    /// <summary>The action was taken; single items may still have failed.</summary>
    Accepted,

    /// <summary>Not accepted, or an action the phone does not support.</summary>
    Failed,

    /// <summary>The phone is in a call and cannot take the action.</summary>
    Busy,

    /// <summary>A status that the guide does not know.</summary>
    Unknown,
}
