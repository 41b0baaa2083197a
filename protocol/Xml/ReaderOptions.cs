namespace OpenStage.Protocol.Xml;

/// <summary>How a message is read.</summary>
public sealed record ReaderOptions
{
    public static ReaderOptions Default { get; } = new();

    /// <summary>Refuses every deviation from the guide that the reader otherwise lives with and reports. Default false.</summary>
    public bool Strict { get; init; }

    public MessageLimits Limits { get; init; } = new();
}
