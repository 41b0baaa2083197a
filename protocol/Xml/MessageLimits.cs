namespace OpenStage.Protocol.Xml;

/// <summary>Sizes beyond which a message is refused.</summary>
public sealed record MessageLimits
{
    /// <summary>No configuration may allow more than this many bytes a message.</summary>
    public const int HardMaxBytes = 1024 * 1024;

    /// <summary>Most bytes a message, 50 kB by default (WPI guide p.69), 1 MB at most.</summary>
    public int MaxBytes
    {
        get;
        init => field = value is > 0 and <= HardMaxBytes
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"MaxBytes must be 1 to {HardMaxBytes}.");
    } = 50 * 1024;

    /// <summary>Deepest nesting of elements, 16 by default: the deepest legal message, a signed one, has 6.</summary>
    public int MaxDepth { get; init; } = 16;

    /// <summary>Most items a message, 10,000 by default: more than twenty times the catalogue.</summary>
    public int MaxItems { get; init; } = 10_000;
}
