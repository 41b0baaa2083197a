using System.Text;

namespace OpenStage.Protocol.Wire;

/// <summary>The characters of a raw body with the places of their bytes, so that what is not masked stays byte for byte.</summary>
internal sealed class BodyText
{
    private readonly int[] offsets;
    private readonly int length;

    private BodyText(char[] characters, int[] offsets, int width, int length, Encoding encoding)
    {
        Characters = characters;
        this.offsets = offsets;
        Width = width;
        this.length = length;
        Encoding = encoding;
    }

    public ReadOnlyMemory<char> Characters { get; }

    /// <summary>Bytes a code unit.</summary>
    public int Width { get; }

    /// <summary>For writing the mask; it has no byte order mark.</summary>
    public Encoding Encoding { get; }

    /// <summary>
    /// Each byte is a character, zero bytes are passed over. True for UTF-8 and whatever contains ASCII; and the markup
    /// of a UTF-16 body without mark, or of one whose mark lies, is seen as well.
    /// </summary>
    public static BodyText Narrow(ReadOnlySpan<byte> body)
    {
        var characters = new char[body.Length];
        var offsets = new int[body.Length];
        var count = 0;
        for (var position = 0; position < body.Length; position++)
        {
            if (body[position] == 0)
                continue;
            characters[count] = (char)body[position];
            offsets[count++] = position;
        }

        return new BodyText(characters[..count], offsets[..count], 1, body.Length, Encoding.Latin1);
    }

    /// <summary>The body as UTF-16 or UTF-32 when its first bytes speak for it (XML 1.0, appendix F), else null.</summary>
    public static BodyText? Wide(ReadOnlySpan<byte> body) => body switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Units(body, 4, 4, bigEndian: false),
        [0, 0, 0xFE, 0xFF, ..] => Units(body, 4, 4, bigEndian: true),
        [0xFF, 0xFE, ..] => Units(body, 2, 2, bigEndian: false),
        [0xFE, 0xFF, ..] => Units(body, 2, 2, bigEndian: true),
        [not 0, 0, 0, 0, ..] => Units(body, 0, 4, bigEndian: false),
        [0, 0, 0, not 0, ..] => Units(body, 0, 4, bigEndian: true),
        [not 0, 0, ..] => Units(body, 0, 2, bigEndian: false),
        [0, not 0, ..] => Units(body, 0, 2, bigEndian: true),
        _ => null,
    };

    /// <summary>The bytes of a range of characters. A range up to the end includes bytes that make no whole character.</summary>
    public TextRange Bytes(TextRange range) => new(
        range.Start == 0 ? 0 : offsets[range.Start - 1] + Width,
        range.End == offsets.Length ? length : offsets[range.End]);

    private static BodyText Units(ReadOnlySpan<byte> body, int skip, int width, bool bigEndian)
    {
        var count = (body.Length - skip) / width;
        var characters = new char[count];
        var offsets = new int[count];
        for (var index = 0; index < count; index++)
        {
            var unit = body.Slice(skip + (index * width), width);
            var value = 0u;
            for (var position = 0; position < width; position++)
                value = (value << 8) | unit[bigEndian ? position : width - 1 - position];
            characters[index] = value > char.MaxValue ? '\uFFFD' : (char)value;
            offsets[index] = skip + (index * width);
        }

        Encoding encoding = width == 2 ? new UnicodeEncoding(bigEndian, byteOrderMark: false) : new UTF32Encoding(bigEndian, byteOrderMark: false);
        return new BodyText(characters, offsets, width, body.Length, encoding);
    }
}
