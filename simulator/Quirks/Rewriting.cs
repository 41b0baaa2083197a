using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Quirks;

/// <summary>Changes that quirks make to messages and their text.</summary>
internal static partial class Rewriting
{
    private const int BeyondLimit = 60 * 1024;

    public static IReadOnlyList<Item>? Each(IReadOnlyList<Item>? items, Func<Item, Item> change) =>
        items is null ? null : [.. items.Select(change)];

    /// <summary>The items of a local-changes up to mobility-enabled and basic-e164, after which the changed ones stand.</summary>
    public static IReadOnlyList<Item> HeadOnly(IReadOnlyList<Item>? items)
    {
        var all = items ?? [];
        var end = all.ToList().FindIndex(item => item.Name == "basic-e164");
        return end < 0 ? all : [.. all.Take(end + 1)];
    }

    public static IReadOnlyList<Item>? SwapValues(IReadOnlyList<Item>? items) =>
        items is null ? null : [.. items.Zip(items.Reverse(), (item, other) => item with { Value = other.Value })];

    public static byte[] ToUtf16(ReadOnlyMemory<byte> body) => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body.Span));

    /// <summary>Makes the references of less, greater and ampersand text, as a reader that does not decode them sees it.</summary>
    public static byte[] KeepEntities(ReadOnlyMemory<byte> body) =>
        Encoding.UTF8.GetBytes(Undecoded().Replace(Encoding.UTF8.GetString(body.Span), "&amp;$1;"));

    [GeneratedRegex("&(lt|gt|amp|#60|#62|#38|#x3[cCeE]|#x26);")]
    private static partial Regex Undecoded();

    /// <summary>The changed items of a local-changes: those behind the basic ones.</summary>
    public static IReadOnlyList<Item> Changed(IReadOnlyList<Item>? items) => [.. (items ?? []).Skip(HeadOnly(items).Count)];

    public static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    public static string WithoutAttribute(string text, string name) => Regex.Replace(text, $" {name}=\"[^\"]*\"", "");

    public static string DoubleMessage(string text)
    {
        var start = text.IndexOf("<Message ", StringComparison.Ordinal);
        var end = text.IndexOf("</Message>", StringComparison.Ordinal) + "</Message>\n".Length;
        return start < 0 ? text : text.Insert(end, text[start..end]);
    }

    /// <summary>Makes the reply with the whole set larger than the guide's 50 kB.</summary>
    public static string PadReply(string text) => text.Contains("action=\"ReadAllItems\"", StringComparison.Ordinal) && text.Length < BeyondLimit
        ? text.Replace("</Message>", new string(' ', BeyondLimit - text.Length) + "</Message>", StringComparison.Ordinal)
        : text;
}
