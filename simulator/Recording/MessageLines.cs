using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace OpenStage.Simulator.Recording;

/// <summary>A message as lines that can be compared, in two degrees of strictness.</summary>
internal static partial class MessageLines
{
    /// <summary>
    /// One line an element in document order: name, namespace where it changes, attributes sorted by name, text without the white
    /// space around it. Nonce and contact-me address are left out, as each phone has its own. Null when it is no XML.
    /// </summary>
    public static IReadOnlyList<string>? Canonical(string text)
    {
        var start = text.IndexOf('<', StringComparison.Ordinal);
        if (start < 0)
            return null;
        try
        {
            return [.. XDocument.Parse(text[start..]).Descendants().Select(Line)];
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>One line an element or line end of the text itself, with what cannot be seen made visible.</summary>
    public static IReadOnlyList<string> Raw(string text) =>
    [
        .. Breaks().Split(Contact().Replace(Nonce().Replace(text, match => $"{match.Groups["before"].Value}{Style(match.Groups["nonce"].Value)}"), "$1"))
            .Select(line => line.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal)),
    ];

    /// <summary>The nonce of a message, or an empty text.</summary>
    public static string NonceOf(string text) => Nonce().Match(text).Groups["nonce"].Value;

    /// <summary>The text with another nonce in the first place where one stands.</summary>
    public static string WithNonce(string text, string nonce) => Nonce().Replace(text, match => match.Groups["before"].Value + nonce, 1);

    private static string Line(XElement element)
    {
        var depth = new string(' ', element.Ancestors().Count());
        var attributes = element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)
            .Select(attribute => $"{attribute.Name}=\"{(attribute.Name == "nonce" ? "" : attribute.Value)}\"").Order(StringComparer.Ordinal);
        var own = element.Name.LocalName == "Item" && (string?)element.Attribute("name") == "contact-me-uri";
        var text = own ? "" : string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value)).Trim();
        var name = element.Name.Namespace == element.Parent?.Name.Namespace ? element.Name.LocalName : element.Name.ToString();
        return $"{depth}{string.Join(' ', attributes.Prepend(name))}: {text}";
    }

    /// <summary>What of a nonce is habit: its length and its letters.</summary>
    private static string Style(string nonce) => $"{nonce.Length} {(nonce.Any(char.IsAsciiLetterLower) ? "lower" : "upper")}";

    [GeneratedRegex("""(?<before>\bnonce\s*=\s*["'])(?<nonce>[^"']*)""")]
    private static partial Regex Nonce();

    [GeneratedRegex("(name\\s*=\\s*[\"']contact-me-uri[\"'][^>]*>)[^<]*")]
    private static partial Regex Contact();

    // After a line end, and before each tag that has no line of its own.
    [GeneratedRegex("(?<=\n)|(?<=>)(?=<)")]
    private static partial Regex Breaks();
}
