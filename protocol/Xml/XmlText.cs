using System.Text;
using System.Xml;

namespace OpenStage.Protocol.Xml;

/// <summary>Text on its way into a message.</summary>
public static class XmlText
{
    /// <summary>True when XML 1.0 can carry the text: no control characters but tab and line ends, no lone surrogates.</summary>
    public static bool IsValid(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                continue;
            if (i + 1 >= text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                return false;
            i++;
        }

        return true;
    }

    /// <exception cref="ArgumentException">The text has characters that XML cannot carry.</exception>
    internal static void AppendEscaped(StringBuilder output, string text, string place)
    {
        if (!IsValid(text))
            throw new ArgumentException($"{place} has a character that XML 1.0 cannot carry.");

        foreach (var character in text)
        {
            // Line ends and tabs as references: a parser would turn them into spaces in attributes, and CR into LF.
            _ = character switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '"' => output.Append("&quot;"),
                '\r' => output.Append("&#13;"),
                '\n' => output.Append("&#10;"),
                '\t' => output.Append("&#9;"),
                _ => output.Append(character),
            };
        }
    }
}
