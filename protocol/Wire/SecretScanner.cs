using System.Net;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Items;

namespace OpenStage.Protocol.Wire;

/// <summary>Finds what must be masked in the text of a body.</summary>
/// <remarks>
/// Works on text, not on XML: a truncated or malformed message must not leak either. Where a broken message can be read
/// in two ways, the one that masks more is taken. One pass: each character is looked at a bounded number of times.
/// </remarks>
internal static partial class SecretScanner
{
    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    /// <summary>Characters of the token in an address of the server's file area.</summary>
    private const int LinkToken = 43;

    public static List<TextRange> Find(ReadOnlySpan<char> text)
    {
        var ranges = new List<TextRange>();
        foreach (var key in PrivateKey().EnumerateMatches(text))
            ranges.Add(new TextRange(key.Index, key.Index + key.Length));

        foreach (var link in FileLink().EnumerateMatches(text))
            ranges.Add(new TextRange(link.Index + link.Length - LinkToken, link.Index + link.Length));

        var secretSeen = false;
        var quotedUntil = 0;
        for (var position = 0; position < text.Length;)
        {
            var open = text[position..].IndexOf('<');
            if (open < 0)
                break;
            open += position;
            if (ElementTag.Read(text, open) is not { } tag)
            {
                // Items inside CDATA and comments are masked as well, but what stands between them there may be anything.
                if (EndOfQuoted(text, open) is { } end && text[end - 1] == '>')
                    quotedUntil = Math.Max(quotedUntil, end);
                position = open + 1;
            }
            else if (tag.IsEnd)
            {
                position = secretSeen && tag.IsItem && open >= quotedUntil ? AddStray(ranges, text, tag) : tag.NameEnd;
            }
            else if (IsSecret(text, tag))
            {
                secretSeen = true;
                position = AddContent(ranges, text, tag);
            }
            else
            {
                position = tag.NameEnd;
            }
        }

        return ranges;
    }

    private static bool IsSecret(ReadOnlySpan<char> text, ElementTag tag)
    {
        var attributes = text[tag.NameEnd..tag.AttributesEnd];
        var named = false;
        foreach (var match in NameAttribute().EnumerateMatches(attributes))
        {
            var value = WebUtility.HtmlDecode(attributes.Slice(match.Index, match.Length).ToString());
            value = value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
            if (SecretItems.IsSecret(value.Trim('"', '\'').Trim()))
                return true;
            // Where a quote is missing, or is of another kind, the value ran on; its first word is the name.
            foreach (var word in FirstWord().EnumerateMatches(value))
            {
                named = true;
                if (SecretItems.IsSecret(value.Substring(word.Index, word.Length)))
                    return true;
                break;
            }
        }

        return tag.IsItem && !named;
    }

    /// <summary>Masks the content of a secret item and returns where to go on.</summary>
    private static int AddContent(List<TextRange> ranges, ReadOnlySpan<char> text, ElementTag tag)
    {
        var start = tag.ContentStart ?? EndOfName(text, tag);
        var end = tag.IsEmpty ? NextTag(text, start) : EndOfContent(text, start, text[tag.NameStart..tag.NameEnd]);
        Add(ranges, text, start, end);
        return end;
    }

    /// <summary>
    /// Masks text right after an end tag of an item. No message has text there (WPI guide p.26): it is the rest of a
    /// value that contains markup which should have been escaped.
    /// </summary>
    private static int AddStray(List<TextRange> ranges, ReadOnlySpan<char> text, ElementTag tag)
    {
        var start = tag.ContentStart ?? tag.NameEnd;
        var end = NextTag(text, start);
        Add(ranges, text, start, end);
        return end;
    }

    private static void Add(List<TextRange> ranges, ReadOnlySpan<char> text, int start, int end)
    {
        if (!text[start..end].IsWhiteSpace())
            ranges.Add(new TextRange(start, end));
    }

    private static int NextTag(ReadOnlySpan<char> text, int start)
    {
        var next = text[start..].IndexOf('<');
        return next < 0 ? text.Length : start + next;
    }

    /// <summary>A tag without its closing angle: what follows the name of the item is taken for its value.</summary>
    private static int EndOfName(ReadOnlySpan<char> text, ElementTag tag)
    {
        var end = tag.NameEnd;
        foreach (var match in NameAttribute().EnumerateMatches(text[tag.NameEnd..tag.AttributesEnd]))
            end = tag.NameEnd + match.Index + match.Length;
        return end;
    }

    /// <summary>Up to the end tag, or the next item, or the end of a truncated body.</summary>
    private static int EndOfContent(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> name)
    {
        for (var position = NextTag(text, start); position < text.Length; position = NextTag(text, position))
        {
            if (EndOfQuoted(text, position) is { } end)
                position = end;
            else if (ElementTag.Read(text, position) is { } tag && (tag.IsItem || (tag.IsEnd && text[tag.NameStart..tag.NameEnd].Equals(name, IgnoreCase))))
                return position;
            else
                position++;
        }

        return text.Length;
    }

    /// <summary>The end of CDATA, a comment or a processing instruction that begins here, or null when none does.</summary>
    private static int? EndOfQuoted(ReadOnlySpan<char> text, int position) => text[position..] switch
    {
        ['<', '!', '[', 'C', 'D', 'A', 'T', 'A', '[', ..] => After(text, position + 9, "]]>"),
        ['<', '!', '-', '-', ..] => After(text, position + 4, "-->"),
        ['<', '?', ..] => After(text, position + 2, "?>"),
        _ => null,
    };

    private static int After(ReadOnlySpan<char> text, int start, string mark)
    {
        var found = text[start..].IndexOf(mark);
        return found < 0 ? text.Length : start + found + mark.Length;
    }

    /// <summary>An attribute called name, with or without prefix, its value quoted in either way, badly, or not at all.</summary>
    [GeneratedRegex("""(?<![\w.-])name\s*=\s*(?:"[^"]*"|'[^']*'|["']?[^\s>]*)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NameAttribute();

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9_.\-]*", RegexOptions.CultureInvariant)]
    private static partial Regex FirstWord();

    [GeneratedRegex("/files/[0-9]{1,19}/[0-9]{1,2}/[A-Za-z0-9_-]{43}(?=/)", RegexOptions.CultureInvariant)]
    private static partial Regex FileLink();

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[^<]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|(?=<)|\\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();
}
