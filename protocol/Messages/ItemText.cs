using System.Text;

namespace OpenStage.Protocol.Messages;

/// <summary>
/// The text of an item: a string, or the bytes of the message that it was read from. Most values of a message with
/// hundreds of items are never looked at, or only compared; those never become strings.
/// </summary>
public readonly struct ItemText : IEquatable<ItemText>
{
    /// <summary>A string, or the bytes of a message; null is the empty text.</summary>
    private readonly object? source;
    private readonly int start;
    private readonly int length;

    internal ItemText(string text) => source = text;

    /// <param name="message">A message, which nobody changes any more.</param>
    /// <param name="length">Bytes of UTF-8, in which nothing stands for something else.</param>
    internal ItemText(byte[] message, int start, int length)
    {
        source = message;
        this.start = start;
        this.length = length;
    }

    public bool IsEmpty => source switch
    {
        string text => text.Length == 0,
        byte[] => length == 0,
        _ => true,
    };

    /// <summary>Bytes that the text takes in UTF-8.</summary>
    public int CountBytes() => source is string text ? Encoding.UTF8.GetByteCount(text) : length;

    /// <summary>Writes the text in UTF-8.</summary>
    /// <returns>The bytes written.</returns>
    public int Write(Span<byte> output)
    {
        if (source is string text)
            return Encoding.UTF8.GetBytes(text, output);
        Bytes.CopyTo(output);
        return length;
    }

    /// <param name="utf8">Text in UTF-8.</param>
    public bool Is(ReadOnlySpan<byte> utf8) => source is string text ? Is(text, utf8) : Bytes.SequenceEqual(utf8);

    public bool Equals(ItemText other) => (source, other.source) switch
    {
        (string one, string another) => one == another,
        (string one, _) => Is(one, other.Bytes),
        _ => other.Is(Bytes),
    };

    public static bool operator ==(ItemText one, ItemText other) => one.Equals(other);

    public static bool operator !=(ItemText one, ItemText other) => !one.Equals(other);

    public override bool Equals(object? obj) => obj is ItemText other && Equals(other);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => source as string ?? Common(Bytes) ?? Encoding.UTF8.GetString(Bytes);

    private ReadOnlySpan<byte> Bytes => source is byte[] message ? message.AsSpan(start, length) : default;

    private static bool Is(string text, ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8))
            return Ascii.Equals(utf8, text);
        Span<byte> bytes = stackalloc byte[256];
        if (Encoding.UTF8.GetMaxByteCount(text.Length) > bytes.Length)
            bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        return utf8.SequenceEqual(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>The texts of most items.</summary>
    private static string? Common(ReadOnlySpan<byte> utf8) => utf8 switch
    {
        { Length: > 5 } => null,
        [] => "",
        [(byte)'0'] => "0",
        [(byte)'1'] => "1",
        [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] => "true",
        [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] => "false",
        [(byte)'N', (byte)'U', (byte)'L', (byte)'L'] => "NULL",
        _ => null,
    };
}
