using System.Text.RegularExpressions;
using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Quirks;

/// <summary>Changes that quirks make to messages and their text.</summary>
internal static class Rewriting
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
