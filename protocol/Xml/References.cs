using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Xml;

namespace OpenStage.Protocol.Xml;

/// <summary>The five names and the numbers by which XML writes characters that mean something else to it.</summary>
internal static class References
{
    /// <summary>Replaces all references of a text.</summary>
    /// <param name="utf8">Text in valid UTF-8.</param>
    /// <returns>False when one is none of XML's own, or stands for no character that XML may have.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, out string text)
    {
        // No text has more UTF-16 units than bytes, and no reference is shorter than what it stands for.
        var rented = utf8.Length <= MostOnStack ? null : ArrayPool<char>.Shared.Rent(utf8.Length);
        var room = rented ?? stackalloc char[MostOnStack];
        try
        {
            var isDecoded = TryDecode(utf8, room, out var length);
            text = isDecoded ? new string(room[..length]) : "";
            return isDecoded;
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented, clearArray: true);
        }
    }

    private const int MostOnStack = 256;

    private static bool TryDecode(ReadOnlySpan<byte> utf8, Span<char> room, out int length)
    {
        length = 0;
        while (utf8.IndexOf((byte)'&') is var start && start >= 0)
        {
            length += Encoding.UTF8.GetChars(utf8[..start], room[length..]);
            var end = utf8[start..].IndexOf((byte)';');
            if (end < 0 || !TryCharacter(utf8.Slice(start + 1, end - 1), room, ref length))
                return false;
            utf8 = utf8[(start + end + 1)..];
        }

        length += Encoding.UTF8.GetChars(utf8, room[length..]);
        return true;
    }

    private static bool TryCharacter(ReadOnlySpan<byte> name, Span<char> room, ref int length)
    {
        if (name is [(byte)'#', .. var digits])
        {
            var isHex = digits is [(byte)'x', ..];
            if (isHex)
                digits = digits[1..];
            if (digits.Length is 0 or > 8 || digits[0] is (byte)'+' or (byte)'-'
                || !Utf8Parser.TryParse(digits, out uint number, out var read, isHex ? 'X' : 'D') || read != digits.Length || !Rune.IsValid(number))
                return false;
            var rune = new Rune(number);
            if (rune.IsBmp && !XmlConvert.IsXmlChar((char)number))
                return false;
            length += rune.EncodeToUtf16(room[length..]);
            return true;
        }

        char? character = name switch
        {
            [(byte)'a', (byte)'m', (byte)'p'] => '&',
            [(byte)'l', (byte)'t'] => '<',
            [(byte)'g', (byte)'t'] => '>',
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
            _ => null,
        };
        if (character is not { } found)
            return false;
        room[length++] = found;
        return true;
    }
}
