namespace OpenStage.Protocol.Messages;

/// <summary>What the provisioning service asks the phone to do (WPI guide p.30-31).</summary>
public enum ServerAction
{
    /// <summary>No Action element, or one that the guide does not know; the text is in <see cref="DlsMessage.ActionText"/>.</summary>
    None,
    ReadAllItems,
    ReadItems,
    WriteItems,
    Restart,
    FileDeployment,
    SoftwareDeployment,
    CleanUp,
    GetNextFragment,
}
