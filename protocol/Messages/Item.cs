namespace OpenStage.Protocol.Messages;

/// <summary>One data item of a message (WPI guide p.26).</summary>
/// <param name="Name">Name of the item; the same name may repeat with another index.</param>
/// <param name="Value">Content, trimmed. Empty when a value is asked for or a status is reported.</param>
/// <param name="Index">Number of the instance, or null.</param>
public readonly record struct Item(string Name, string Value = "", int? Index = null)
{
    public ItemStatus Status { get; init; }

    /// <summary>The status attribute as it was read; null means the guide's spelling of <see cref="Status"/>.</summary>
    public string? StatusText { get; init; }

    /// <summary>The <c>type</c> attribute, which the guide calls currently unused.</summary>
    public string? Type { get; init; }

    /// <summary>Name and index as the guide's readers write it: <c>function-key-def[3]</c>.</summary>
    public ItemKey Key => new(Name, Index);
}
