using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace OpenStage.Protocol.Xml;

/// <summary>
/// Reads a message in one pass over its bytes, if it is written as the guide prints messages: which nearly all are. It
/// gives up at anything else, loose or wrong, without a judgement of its own; that is <see cref="MessageScanner"/>'s,
/// which then reads the message from its start. What it does read, both read alike.
/// </summary>
internal ref partial struct PlainScanner
{
    private static readonly SearchValues<byte> Forbidden =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private static readonly SearchValues<byte> AttributeStops = SearchValues.Create("\"'<&\t\r\n"u8);

    private static readonly SearchValues<byte> TextStops = SearchValues.Create("<&>\r"u8);

    private static ReadOnlySpan<byte> BeforeNone => [0xEF, 0xBF];

    private readonly ReadOnlySpan<byte> body;
    private readonly byte[] message;
    private readonly int offset;
    private readonly Dialect dialect;
    private readonly int maxItems;
    private readonly bool isAscii;
    private readonly ScannedMessage scanned;
    private int at;

    private PlainScanner(ArraySegment<byte> body, bool isAscii, Dialect dialect, int maxItems)
    {
        this.body = body;
        message = body.Array!;
        offset = body.Offset;
        this.isAscii = isAscii;
        this.dialect = dialect;
        this.maxItems = maxItems;
        scanned = new ScannedMessage();
    }

    /// <summary>Scans a body, which the items then refer to.</summary>
    /// <returns>The parts of the message, without places; null when it must be looked at more closely.</returns>
    public static ScannedMessage? Scan(ReadOnlyMemory<byte> body, Dialect dialect, MessageLimits limits)
    {
        // Item has depth 3, where the root has 0.
        if (body.Length > limits.MaxBytes || limits.MaxDepth <= 3 || !IsText(body.Span, out var isAscii))
            return null;
        var message = MemoryMarshal.TryGetArray(body, out var array) ? array : body.ToArray();
        var scanner = new PlainScanner(message, isAscii, dialect, limits.MaxItems);
        return scanner.Document() ? scanner.scanned : null;
    }

    /// <summary>Scans what stands before the items.</summary>
    /// <returns>The parts of the message but its items; null when it must be looked at more closely.</returns>
    public static ScannedMessage? ScanHead(ReadOnlyMemory<byte> body, Dialect dialect)
    {
        var message = MemoryMarshal.TryGetArray(body, out var array) ? array : body.ToArray();
        var scanner = new PlainScanner(message, isAscii: false, dialect, maxItems: 0);
        if (!scanner.Begin())
            return null;
        scanner.SkipSpace();
        if (!scanner.Head())
            return null;
        scanner.SkipSpace();
        return scanner.Take("<ItemList>"u8) && IsText(body.Span[..scanner.at], out _) ? scanner.scanned : null;
    }

    /// <summary>UTF-8 of characters that XML may have.</summary>
    private static bool IsText(ReadOnlySpan<byte> body, out bool isAscii)
    {
        isAscii = Ascii.IsValid(body);
        if (body.IndexOfAny(Forbidden) >= 0)
            return false;
        if (isAscii)
            return true;
        // U+FFFE and U+FFFF are no characters; hardly any message has one that begins as they do.
        return Utf8.IsValid(body) && (body.IndexOf(BeforeNone) < 0 || (body.IndexOf("\uFFFE"u8) < 0 && body.IndexOf("\uFFFF"u8) < 0));
    }

    private bool Document()
    {
        if (!Begin())
            return false;
        while (true)
        {
            SkipSpace();
            if (Take("</Message>"u8))
                break;
            if (!Take("<ItemList"u8) ? !Head() : !ItemList())
                return false;
        }

        SkipSpace();
        if (!Take("</"u8) || !Take(dialect.RootBytes) || !Take((byte)'>'))
            return false;
        SkipSpace();
        return at == body.Length;
    }

    /// <summary>All up to the content of Message.</summary>
    private bool Begin()
    {
        if (Take("<?xml version=\"1.0\" encoding=\""u8))
        {
            if (!Take("UTF-8\"?>"u8) && !Take("utf-8\"?>"u8))
                return false;
            SkipSpace();
        }

        if (!Take((byte)'<') || !Take(dialect.RootBytes) || !RootAttributes())
            return false;
        SkipSpace();
        return Take("<Message"u8) && MessageAttributes();
    }

    /// <summary>The namespace of the messages, and what names the schema; nothing else.</summary>
    private bool RootAttributes()
    {
        var (hasNamespace, hasInstance, hasLocation) = (false, false, false);
        while (!Take((byte)'>'))
        {
            if (!SkipSpace())
                return false;
            if (!hasNamespace && Take("xmlns=\"http://www.siemens.com/DLS\""u8))
                hasNamespace = true;
            else if (!hasInstance && Take("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""u8))
                hasInstance = true;
            else if (!hasLocation && Take("xsi:schemaLocation="u8) && RawAttribute(out _, out var isPlain) && isPlain)
                hasLocation = true;
            else
                return false;
        }

        return hasNamespace && (hasInstance || !hasLocation);
    }

    private bool MessageAttributes()
    {
        while (!Take((byte)'>'))
        {
            if (!SkipSpace())
                return false;
            var name = Take("nonce="u8) ? "nonce" : Take("maxItems="u8) ? "maxItems" : Take("fragment="u8) ? "fragment" : null;
            if (name is null || !Attribute(out var value) || !scanned.MessageAttributes.TryAdd(name, new ScannedText(value, 0, 0)))
                return false;
        }

        return true;
    }

    private bool Head()
    {
        if (scanned.Head is not null || !Take((byte)'<') || !Take(dialect.HeadBytes))
            return false;
        while (!Take((byte)'>'))
        {
            if (!SkipSpace())
                return false;
            var name = Take("action="u8) ? "action" : Take("status="u8) ? "status" : Take("fragment="u8) ? "fragment" : null;
            if (name is null || !Attribute(out var value) || !scanned.HeadAttributes.TryAdd(name, new ScannedText(value, 0, 0)))
                return false;
        }

        var start = at;
        if (!Text(out var isPlain) || !Decoded(body[start..at], isPlain, out var text) || !Take("</"u8) || !Take(dialect.HeadBytes) || !Take((byte)'>'))
            return false;
        scanned.Head = new ScannedText(text, 0, 0);
        return true;
    }

    private bool Attribute(out string value)
    {
        value = "";
        return RawAttribute(out var raw, out var isPlain) && Decoded(raw, isPlain, out value);
    }

    /// <summary>What stands between quotes, from one on.</summary>
    /// <param name="isPlain">True when nothing in it stands for something else.</param>
    private bool RawAttribute(out ReadOnlySpan<byte> raw, out bool isPlain)
    {
        raw = default;
        isPlain = true;
        if (at >= body.Length || body[at] is not ((byte)'"' or (byte)'\''))
            return false;
        var quote = body[at];
        var start = at + 1;
        for (var end = start; ; end++)
        {
            var length = body[end..].IndexOfAny(AttributeStops);
            if (length < 0)
                return false;
            end += length;
            if (body[end] == quote)
            {
                raw = body[start..end];
                at = end + 1;
                return true;
            }

            // Line ends and tabs become spaces in attributes; the other quote is a character like others.
            if (body[end] is (byte)'&')
                isPlain = false;
            else if (body[end] is not ((byte)'"' or (byte)'\''))
                return false;
        }
    }

    /// <summary>Goes to the next tag.</summary>
    /// <param name="isPlain">True when nothing in the text before it stands for something else.</param>
    private bool Text(out bool isPlain)
    {
        isPlain = true;
        for (var end = at; ; end++)
        {
            var length = body[end..].IndexOfAny(TextStops);
            if (length < 0)
                return false;
            end += length;
            switch (body[end])
            {
                case (byte)'<':
                    at = end;
                    return true;
                case (byte)'&':
                    isPlain = false;
                    break;
                default:
                    // A carriage return becomes a line feed, and the end of a CDATA section is an error.
                    return false;
            }
        }
    }

    /// <summary>The text that bytes stand for; what has white space around it must be looked at more closely.</summary>
    private bool Decoded(ReadOnlySpan<byte> raw, bool isPlain, out string text)
    {
        if (isPlain)
            text = (isAscii ? Encoding.Latin1 : Encoding.UTF8).GetString(raw);
        else if (!References.TryDecode(raw, out text))
            return false;
        return text.Length == 0 || !(char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(ReadOnlySpan<byte> expected)
    {
        if (!body[at..].StartsWith(expected))
            return false;
        at += expected.Length;
        return true;
    }

    private bool Take(byte expected)
    {
        if (at >= body.Length || body[at] != expected)
            return false;
        at++;
        return true;
    }

    private bool SkipSpace()
    {
        var start = at;
        while (at < body.Length && body[at] is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r')
            at++;
        return at > start;
    }
}
