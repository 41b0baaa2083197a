using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace OpenStage.Protocol.Xml;

/// <summary>The bytes of a body before they are XML: size, encoding, what stands before the first element.</summary>
internal static partial class MessageBody
{
    /// <summary>Index at which the XML starts; white space and a byte-order mark before it are tolerated and named.</summary>
    /// <exception cref="MessageRefusedException">Nothing there, or too much.</exception>
    public static int FindStart(ReadOnlySpan<byte> body, MessageLimits limits, ScannedMessage scanned, out TextStart place)
    {
        place = default;
        if (body.Length > limits.MaxBytes)
        {
            throw new MessageRefusedException(new MessageError("too-large", 0, 0,
                $"at most {limits.MaxBytes} bytes", $"{body.Length} bytes"));
        }

        var start = 0;
        if (body.StartsWith(Encoding.UTF8.Preamble))
        {
            scanned.Observe("byte-order-mark", "XML from the first byte", "a byte-order mark before it", null, 1, 1);
            start = 3;
        }
        else if (body.Length >= 2 && (body[0], body[1]) is (0xFE, 0xFF) or (0xFF, 0xFE) or (0, (byte)'<') or ((byte)'<', 0))
        {
            scanned.Observe("encoding", "UTF-8", "UTF-16", 30, 1, 1);
            return 0;
        }

        var text = start;
        while (text < body.Length && body[text] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            text++;
        if (text == body.Length)
            throw new MessageRefusedException(new MessageError("empty-body", 0, 0, "a message", "nothing"));
        place = TextStart.After(body[start..text]);
        if (text > start)
            scanned.Observe("leading-white-space", "XML from the first byte", "white space before it", null, 1, 1);
        return text;
    }

    /// <summary>What the parser's complaint is called here.</summary>
    public static MessageError Explain(XmlException broken, TextStart start, ReadOnlySpan<byte> body)
    {
        var (line, column) = start.Place(broken.LineNumber, broken.LinePosition);
        if (StartsWithAny(broken.Message, "For security reasons DTD", "Unexpected DTD"))
        {
            // The parser gives no place for the one that it refuses.
            var doctype = body.IndexOf("<!DOCTYPE"u8);
            if (line == 0 && doctype >= 0)
                (line, column) = TextStart.After(body[..doctype]).Place(1, 1);
            return new MessageError("doctype-refused", line, column, "no document type declaration", "one");
        }

        // The parser's own sentence ends in the place, which the error carries already.
        var reason = PlaceAtEnd().Replace(broken.Message, "").TrimEnd('.', ' ');
        reason = MessageScanner.Clip(reason, 200);
        return StartsWithAny(reason, "Invalid character in the given encoding", "System does not support", "There is no Unicode byte order mark")
            ? new MessageError("encoding", line, column, "text in UTF-8", reason)
            : new MessageError("malformed-xml", line, column, "well-formed XML", reason);
    }

    private static bool StartsWithAny(string text, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"\s*Line \d+, position \d+\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceAtEnd();
}
