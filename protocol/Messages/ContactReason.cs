namespace OpenStage.Protocol.Messages;

/// <summary>Why a phone contacts the provisioning service (WPI guide p.28).</summary>
public enum ContactReason
{
    /// <summary>A reason that the guide does not know; the text is in <see cref="WorkpointMessage.ReasonText"/>.</summary>
    Unknown,
    StartUp,
    Solicited,
    ReplyTo,
    LocalChanges,
    InventoryChanges,
    Status,
    CleanUp,
}
