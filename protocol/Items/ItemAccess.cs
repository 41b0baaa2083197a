namespace OpenStage.Protocol.Items;

/// <summary>What a service may do with an item.</summary>
public enum ItemAccess
{
    ReadWrite,
    ReadOnly,
    WriteOnly,

    /// <summary>A parameter of an action such as CleanUp or FileDeployment; neither read nor written.</summary>
    ActionOnly,
}
