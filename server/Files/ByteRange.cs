using Microsoft.Net.Http.Headers;

namespace OpenStage.Server.Files;

/// <summary>A part of a file, or the whole.</summary>
/// <param name="First">First byte, from 0.</param>
/// <param name="Last">Last byte.</param>
/// <param name="IsPart">True when a part was asked for.</param>
internal readonly record struct ByteRange(long First, long Last, bool IsPart)
{
    public long Length => Last - First + 1;

    /// <summary>Reads a Range header as RFC 9110 has it. Several parts, or what is no range of bytes, give the whole.</summary>
    /// <param name="header">The header, or empty.</param>
    /// <param name="size">Bytes of the file, 1 or more.</param>
    /// <returns>What to send, or null when the file has no such part.</returns>
    public static ByteRange? Read(string header, long size)
    {
        var whole = new ByteRange(0, size - 1, false);
        if (header.Length == 0 || !RangeHeaderValue.TryParse(header, out var parsed)
            || !parsed.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) || parsed.Ranges.Count != 1)
            return whole;
        var asked = parsed.Ranges.First();
        return (asked.From, asked.To) switch
        {
            ({ } from, _) when from >= size => null,
            ({ } from, { } to) => new ByteRange(from, Math.Min(to, size - 1), true),
            ({ } from, null) => new ByteRange(from, size - 1, true),
            (null, > 0 and { } count) => new ByteRange(Math.Max(0, size - count), size - 1, true),
            _ => null,
        };
    }
}
