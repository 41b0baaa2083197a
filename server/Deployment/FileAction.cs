namespace OpenStage.Server.Deployment;

/// <summary>Item <c>file-action</c> (WPI guide p.55).</summary>
public enum FileAction
{
    Deploy,
    Delete,
}
