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
