using System.Text;
using System.Text.Json.Serialization;

namespace OpenStage.Protocol.Recordings;

/// <summary>A body: as text where it is UTF-8, else in base64.</summary>
public sealed record RecordedBody
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string? Text { get; init; }

    public string? Base64 { get; init; }

    [JsonIgnore]
    public byte[] Bytes => Base64 is not null ? Convert.FromBase64String(Base64) : Encoding.UTF8.GetBytes(Text ?? "");

    /// <summary>The text of a body as a tolerant parser sees it: UTF-16 by its first bytes, else UTF-8; a byte-order mark stays.</summary>
    public static string Decode(ReadOnlySpan<byte> body) => body switch
    {
        [0xFF, 0xFE, ..] or [(byte)'<', 0, ..] => Encoding.Unicode.GetString(body),
        [0xFE, 0xFF, ..] or [0, (byte)'<', ..] => Encoding.BigEndianUnicode.GetString(body),
        _ => Encoding.UTF8.GetString(body),
    };

    /// <summary>The message in a body in UTF-8, without what a phone wrongly puts before it.</summary>
    public static byte[] Message(ReadOnlySpan<byte> body)
    {
        var text = Decode(body);
        return Encoding.UTF8.GetBytes(text[Math.Max(0, text.IndexOf('<', StringComparison.Ordinal))..]);
    }

    public static RecordedBody Of(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new RecordedBody { Text = Strict.GetString(bytes) };
        }
        catch (DecoderFallbackException)
        {
            return new RecordedBody { Base64 = Convert.ToBase64String(bytes) };
        }
    }
}
