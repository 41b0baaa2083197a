using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpenStage.Server.Accounts;

/// <summary>Opaque tokens: 256 random bits, of which only the SHA-256 is stored.</summary>
internal static class TokenText
{
    /// <summary>Lets people and scanners of source code see what it is.</summary>
    public const string Prefix = "osp_";

    private const int RandomBytes = 32;

    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
