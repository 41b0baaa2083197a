using System.Buffers;
using System.Text;
using System.Xml;

namespace OpenStage.Protocol.Xml;

/// <summary>Text on its way into a message.</summary>
public static class XmlText
{
    /// <summary>Characters that stand for themselves and take a byte: nearly all that items are made of.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(Enumerable.Range(' ', 0x80 - ' ').Select(code => (char)code).Except("&<>\"").ToArray());

    /// <summary>Characters that are written as references.</summary>
    private static readonly SearchValues<char> Referred = SearchValues.Create("&<>\"\r\n\t");

    /// <summary>True when XML 1.0 can carry the text: no control characters but tab and line ends, no lone surrogates.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsValid(text.AsSpan());
    }

    /// <summary>Most bytes that a character is written with: the reference of a quote.</summary>
    internal const int MostBytes = 6;

    /// <summary>Writes a text with what means something else in XML as references.</summary>
    /// <param name="output">With room for <see cref="MostBytes"/> a character.</param>
    /// <param name="written">Bytes that it took.</param>
    /// <returns>False when it has characters that XML cannot carry; then nothing of use is written.</returns>
    internal static bool TryWrite(Span<byte> output, ReadOnlySpan<char> text, out int written)
    {
        written = 0;
        while (true)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            var length = plain < 0 ? text.Length : plain;
            Ascii.FromUtf16(text[..length], output[written..], out var narrowed);
            written += narrowed;
            if (plain < 0)
                return true;
            text = text[length..];
            if (Reference(text[0]) is { IsEmpty: false } reference)
            {
                reference.CopyTo(output[written..]);
                written += reference.Length;
                text = text[1..];
                continue;
            }

            // Letters beyond ASCII, up to the first character that is written otherwise.
            var end = text.IndexOfAny(Plain);
            if (end < 0)
                end = text.Length;
            if (text[..end].IndexOfAny(Referred) is >= 0 and var referred)
                end = referred;
            if (!IsValid(text[..end]))
                return false;
            written += Encoding.UTF8.GetBytes(text[..end], output[written..]);
            text = text[end..];
        }
    }

    /// <summary>Line ends and tabs as references: a parser would turn them into spaces in attributes, and CR into LF.</summary>
    private static ReadOnlySpan<byte> Reference(char character) => character switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&quot;"u8,
        '\r' => "&#13;"u8,
        '\n' => "&#10;"u8,
        '\t' => "&#9;"u8,
        _ => default,
    };

    private static bool IsValid(ReadOnlySpan<char> text)
    {
        for (var place = 0; place < text.Length; place++)
        {
            if (XmlConvert.IsXmlChar(text[place]))
                continue;
            if (place + 1 >= text.Length || !XmlConvert.IsXmlSurrogatePair(text[place + 1], text[place]))
                return false;
            place++;
        }

        return true;
    }
}
