namespace OpenStage.Protocol.Messages;

/// <summary>The <c>fragment</c> attribute (WPI guide p.29, shown on Message on p.45-46 and p.70).</summary>
public enum FragmentMark
{
    /// <summary>No attribute.</summary>
    None,

    /// <summary>More follows; the service asks for it with GetNextFragment.</summary>
    Next,

    /// <summary>The last or only part.</summary>
    Final,
}
