using System.Text;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Interactions;

/// <summary>What a message says, in 32 hex digits.</summary>
internal static class BodyHash
{
    /// <summary>The nonce stands in the first tag but one.</summary>
    private const int HeadBytes = 1024;

    /// <summary>Tag of a body without its nonce, which differs from message to message.</summary>
    /// <param name="vault">Tells nobody without its key what was said: messages carry passwords.</param>
    public static string Of(Vault vault, ReadOnlySpan<byte> body, string nonce)
    {
        var head = body[..Math.Min(body.Length, HeadBytes)];
        Span<byte> bytes = stackalloc byte[256];
        var hasNonce = Encoding.UTF8.TryGetBytes(nonce, bytes, out var length) && length > 0;
        var start = hasNonce ? head.IndexOf(bytes[..length]) : -1;
        return Convert.ToHexString(start < 0 ? vault.Tag([], body) : vault.Tag(body[..start], body[(start + length)..]));
    }
}
