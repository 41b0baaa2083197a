using System.Globalization;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>Reads what both directions share, and gives their attributes their meaning.</summary>
internal static class HeadReading
{
    public static string Nonce(ScannedMessage scanned)
    {
        if (!scanned.MessageAttributes.TryGetValue("nonce", out var nonce))
            scanned.Observe("nonce-missing", "the attribute nonce on Message", "none", 28, 0, 0);
        else if (nonce.Text.Length == 0)
            scanned.Observe("nonce-missing", "the attribute nonce on Message", "an empty one", 28, nonce.Line, nonce.Column);
        return nonce.Text ?? "";
    }

    public static int? MaxItems(ScannedMessage scanned)
    {
        if (!scanned.MessageAttributes.TryGetValue("maxItems", out var text))
            return null;
        if (int.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is -1 or > 0)
            return number;

        scanned.Observe("max-items", "-1 or a number above 0 as maxItems", MessageScanner.Shorten(text.Text), 28, text.Line, text.Column);
        return null;
    }

    public static FragmentMark Fragment(ScannedMessage scanned, Dictionary<string, ScannedText> attributes)
    {
        if (!attributes.TryGetValue("fragment", out var text))
            return FragmentMark.None;

        var mark = Wording.ReadFragment(text.Text, out var exact);
        if (!exact)
            scanned.Observe("fragment-mark", "next or final as fragment", MessageScanner.Shorten(text.Text), 29, text.Line, text.Column);
        return mark;
    }

    /// <summary>Reads a body: quickly if it is plain, else thoroughly.</summary>
    /// <param name="body">Nobody may change it as long as the message is used: values of items stay in it until they are asked for.</param>
    /// <param name="message">Gives what was scanned its meaning, and names what deviates.</param>
    public static ReadResult<T> Read<T>(ReadOnlyMemory<byte> body, Dialect dialect, ReaderOptions options, Func<ScannedMessage, T> message)
        where T : class
    {
        if (PlainScanner.Scan(body, dialect, options.Limits) is { } plain)
        {
            var read = message(plain);
            // What raises a question is read again by the scanner that knows its place.
            if (plain.Observations.Count == 0)
                return new ReadResult<T> { Message = read };
        }

        return MessageScanner.Scan(body, dialect, options, out var error) is { } scanned
            ? Finish(message(scanned), scanned, options)
            : new ReadResult<T> { Error = error };
    }

    private static ReadResult<T> Finish<T>(T message, ScannedMessage scanned, ReaderOptions options) where T : class
    {
        if (!options.Strict || scanned.Observations.Count == 0)
            return new ReadResult<T> { Message = message, Observations = scanned.Observations };

        var first = scanned.Observations[0];
        return new ReadResult<T>
        {
            Error = new MessageError(first.Code, first.Line, first.Column, first.Expected, first.Actual),
            Observations = scanned.Observations,
        };
    }
}
