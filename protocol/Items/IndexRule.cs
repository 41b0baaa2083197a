namespace OpenStage.Protocol.Items;

/// <summary>Whether an item is a table.</summary>
public enum IndexRule
{
    /// <summary>A single item. The guide's own example writes one with index 1 (p.27), so 1 is let pass.</summary>
    None,
    Optional,
    Required,
}
