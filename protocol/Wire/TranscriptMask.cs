using System.Buffers;

namespace OpenStage.Protocol.Wire;

/// <summary>Takes secrets out of raw bodies and headers before anything is shown or written to disk.</summary>
public static class TranscriptMask
{
    private const string Hidden = "***";

    private static readonly string[] Schemes = ["Basic", "Digest", "Bearer", "Negotiate", "NTLM"];

    /// <summary>
    /// The body with the contents of secret items and private keys replaced by ***; all else stays byte for byte. A body
    /// in an encoding that hides its markup is replaced as a whole by a note.
    /// </summary>
    public static byte[] Mask(ReadOnlyMemory<byte> body)
    {
        var bytes = body.Span;
        // EBCDIC "<?xm", and the mark of gzip: no markup can be seen in these.
        if (bytes is [0x4C, 0x6F, 0xA7, 0x94, ..] or [0x1F, 0x8B, ..])
            return "*** body hidden: its encoding does not show what is secret ***"u8.ToArray();

        var narrow = BodyText.Narrow(bytes);
        var found = Bytes(narrow, SecretScanner.Find(narrow.Characters.Span));
        if (BodyText.Wide(bytes) is not { } wide)
            return Replace(bytes, found, narrow);

        var wideFound = Bytes(wide, SecretScanner.Find(wide.Characters.Span));
        if (wideFound.Count == 0)
            return Replace(bytes, found, narrow);

        // Both readings count, since a byte order mark can lie; whole code units, so that the rest can still be decoded.
        foreach (var range in found)
        {
            var start = (range.Start + wide.Width - 1) / wide.Width * wide.Width;
            var end = range.End == bytes.Length ? range.End : range.End / wide.Width * wide.Width;
            if (start < end)
                wideFound.Add(new TextRange(start, end));
        }

        return Replace(bytes, wideFound, wide);
    }

    /// <summary>
    /// A Cookie or Set-Cookie header with only the first four characters of each value and …; a value that is no longer
    /// than that is hidden whole. Names and the attributes of Set-Cookie stay.
    /// </summary>
    public static string MaskCookie(string headerValue)
    {
        ArgumentNullException.ThrowIfNull(headerValue);
        var parts = headerValue.Split(';');
        for (var index = 0; index < parts.Length; index++)
            parts[index] = MaskPair(parts[index], canBeAttribute: index > 0);
        return string.Join(';', parts);
    }

    /// <summary>The header with its secret masked: cookies by <see cref="MaskCookie"/>, credentials as a whole.</summary>
    public static HttpHeader Mask(HttpHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.Name.ToUpperInvariant() switch
        {
            "COOKIE" or "SET-COOKIE" => header with { Value = MaskCookie(header.Value) },
            "AUTHORIZATION" or "PROXY-AUTHORIZATION" => header with { Value = MaskCredentials(header.Value) },
            _ => header,
        };
    }

    /// <summary>Keeps the scheme if it is a known one, for a password may stand there without any; empty ones occur (field).</summary>
    private static string MaskCredentials(string value)
    {
        var trimmed = value.Trim();
        var scheme = Schemes.FirstOrDefault(known => trimmed.Equals(known, StringComparison.OrdinalIgnoreCase)
            || trimmed.StartsWith(known + " ", StringComparison.OrdinalIgnoreCase)) ?? "";
        if (trimmed.Length == scheme.Length)
            return scheme;
        return scheme.Length == 0 ? Hidden : $"{scheme} {Hidden}";
    }

    private static string MaskPair(string pair, bool canBeAttribute)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : pair[..equals].Trim();
        var value = pair[(equals + 1)..].Trim();
        if (value.Length == 0 || (canBeAttribute && IsAttribute(name, value)))
            return pair;

        var before = pair[..pair.IndexOf(value, equals + 1, StringComparison.Ordinal)];
        return value.Length > 4 ? $"{before}{value[..4]}…" : $"{before}…";
    }

    // Two cookies joined by a comma stand in one attribute: an equals sign in its value gives them away.
    private static bool IsAttribute(string name, string value) => name.ToUpperInvariant() switch
    {
        "" => value.ToUpperInvariant() is "SECURE" or "HTTPONLY" or "PARTITIONED",
        "PATH" or "DOMAIN" or "EXPIRES" or "MAX-AGE" or "SAMESITE" or "VERSION" => !value.Contains('=', StringComparison.Ordinal),
        _ => false,
    };

    private static List<TextRange> Bytes(BodyText text, List<TextRange> ranges)
    {
        for (var index = 0; index < ranges.Count; index++)
            ranges[index] = text.Bytes(ranges[index]);
        return ranges;
    }

    private static byte[] Replace(ReadOnlySpan<byte> body, List<TextRange> ranges, BodyText text)
    {
        if (ranges.Count == 0)
            return body.ToArray();

        ranges.Sort((left, right) => left.Start.CompareTo(right.Start));
        var hidden = text.Encoding.GetBytes(Hidden);
        var masked = new ArrayBufferWriter<byte>(body.Length + hidden.Length);
        var done = 0;
        foreach (var range in ranges)
        {
            // Ranges can overlap: a private key inside a secret item, the same item in both readings.
            if (range.Start >= done)
            {
                masked.Write(body[done..range.Start]);
                masked.Write(hidden);
            }

            done = Math.Max(done, range.End);
        }

        masked.Write(body[done..]);
        return masked.WrittenSpan.ToArray();
    }
}
