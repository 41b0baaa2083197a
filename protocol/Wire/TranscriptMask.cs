using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Items;

namespace OpenStage.Protocol.Wire;

/// <summary>Takes secrets out of raw bodies and headers before anything is shown or written to disk.</summary>
/// <remarks>Works on text, not on XML: a truncated or malformed message must not leak either.</remarks>
public static partial class TranscriptMask
{
    private const string Hidden = "***";

    /// <summary>The body with the contents of secret items replaced by ***; all else stays byte for byte.</summary>
    public static byte[] Mask(ReadOnlyMemory<byte> body)
    {
        var (encoding, skip) = Encoding(body.Span);
        var text = encoding.GetString(body.Span[skip..]);
        var masked = PrivateKey().Replace(Item().Replace(text, MaskItem), Hidden);
        if (ReferenceEquals(masked, text) || masked == text)
            return body.ToArray();
        return [.. body.Span[..skip], .. encoding.GetBytes(masked)];
    }

    /// <summary>A Cookie, Set-Cookie or Authorization header with only the first four characters of each value.</summary>
    public static string MaskCookie(string headerValue)
    {
        ArgumentNullException.ThrowIfNull(headerValue);
        return string.Join(';', headerValue.Split(';').Select(part =>
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : part[..equals].Trim();
            var value = equals < 0 ? part.Trim() : part[(equals + 1)..];
            var isAttribute = equals < 0 ? value is "Secure" or "HttpOnly" : name.ToUpperInvariant() is "PATH" or "DOMAIN" or "EXPIRES" or "MAX-AGE" or "SAMESITE";
            return isAttribute || value.Length <= 4 ? part : part[..^(value.Length - 4)] + "…";
        }));
    }

    private static string MaskItem(Match item)
    {
        var attributes = item.Groups["attributes"].Value;
        var name = Name().Match(attributes);
        var isSecret = !name.Success || SecretItems.IsSecret(System.Net.WebUtility.HtmlDecode(name.Groups["name"].Value).Trim());
        var content = item.Groups["content"].Value;
        return isSecret && content.Trim().Length > 0
            ? string.Concat(item.ValueSpan[..(item.Groups["content"].Index - item.Index)], Hidden, item.Groups["end"].ValueSpan)
            : item.Value;
    }

    private static (Encoding Encoding, int Skip) Encoding(ReadOnlySpan<byte> body) => body switch
    {
        [0xFE, 0xFF, ..] => (System.Text.Encoding.BigEndianUnicode, 2),
        [0xFF, 0xFE, ..] => (System.Text.Encoding.Unicode, 2),
        [0, (byte)'<', ..] => (System.Text.Encoding.BigEndianUnicode, 0),
        [(byte)'<', 0, ..] => (System.Text.Encoding.Unicode, 0),
        // Latin-1 maps each byte to one character and back, so that bytes of any encoding stay as they are.
        _ => (System.Text.Encoding.Latin1, 0),
    };

    /// <summary>An Item element up to its end tag, or to the next item, or to the end of a truncated body.</summary>
    [GeneratedRegex("""<(?:[\w.-]+:)?Item\b(?<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*)(?<!/)>(?<content>.*?)(?<end></(?:[\w.-]+:)?Item\s*>|(?=<(?:[\w.-]+:)?Item\b)|\z)""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex("""(?:^|\s)name\s*=\s*(?:"(?<name>[^"]*)"|'(?<name>[^']*)')""", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();
}
