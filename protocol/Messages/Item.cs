using System.Text.Json.Serialization;

namespace OpenStage.Protocol.Messages;

/// <summary>One data item of a message (WPI guide p.26).</summary>
/// <param name="Name">Name of the item; the same name may repeat with another index.</param>
/// <param name="Value">Content, trimmed. Empty when a value is asked for or a status is reported.</param>
/// <param name="Index">Number of the instance, or null.</param>
public readonly record struct Item(string Name, string Value = "", int? Index = null)
{
    private readonly ItemText text = new(Value);

    /// <summary>What hardly any item has; null when it has none of it.</summary>
    private readonly Rest? rest = null;

    /// <summary>An item whose value stays where it was read from until somebody asks for it.</summary>
    internal Item(string name, ItemText text, int? index)
        : this(name, "", index) => this.text = text;

    /// <summary>Content, trimmed. Empty when a value is asked for or a status is reported.</summary>
    /// <remarks>Of an item that was read it is made anew each time; <see cref="Text"/> is not.</remarks>
    public string Value
    {
        get => text.ToString();
        init => text = new ItemText(value);
    }

    public ItemStatus Status { get; init; }

    /// <summary>The status attribute as it was read; null means the guide's spelling of <see cref="Status"/>.</summary>
    public string? StatusText
    {
        get => rest?.StatusText;
        init => rest = Rest.Of(value, rest?.Type);
    }

    /// <summary>The <c>type</c> attribute, which the guide calls currently unused.</summary>
    public string? Type
    {
        get => rest?.Type;
        init => rest = Rest.Of(rest?.StatusText, value);
    }

    /// <summary>Name and index as the guide's readers write it: <c>function-key-def[3]</c>.</summary>
    public ItemKey Key => new(Name, Index);

    /// <summary>The value, to be compared or copied without a string.</summary>
    [JsonIgnore]
    public ItemText Text => text;

    private sealed record Rest(string? StatusText, string? Type)
    {
        public static Rest? Of(string? statusText, string? type) => statusText is null && type is null ? null : new Rest(statusText, type);
    }
}
