using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenStage.Server.Accounts;

/// <summary>
/// How passwords are kept. One that a person chose is stretched by PBKDF2:
/// <c>pbkdf2-sha256$iterations$salt$hash</c>. A one-time password is a random token of 100 bits, which no speed of guessing
/// finds, and is kept as tokens are: <c>sha256$hash</c>.
/// </summary>
internal static class PasswordHash
{
    public const int Iterations = 600_000;

    private const string Stretched = "pbkdf2-sha256";
    private const string Token = "sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>Letters and digits that are not mistaken for each other.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    private static readonly byte[] NoSalt = new byte[SaltBytes];

    /// <summary>Hashes what a person chose.</summary>
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Stretched}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Stretch(password, salt, Iterations))}");
    }

    /// <summary>Hashes what <see cref="MakeOneTime"/> made.</summary>
    public static string OfOneTime(string password) => $"{Token}${TokenText.Hash(password)}";

    /// <summary>Four groups of five letters and digits.</summary>
    public static string MakeOneTime()
    {
        var text = RandomNumberGenerator.GetString(Alphabet, 20);
        return $"{text[..5]}-{text[5..10]}-{text[10..15]}-{text[15..]}";
    }

    /// <summary>Compares, in a time that tells nothing: also without an account or with a one-time password all the work is done.</summary>
    /// <param name="stored">Null or empty when there is none.</param>
    public static bool Matches(string? stored, string password)
    {
        var parts = (stored ?? "").Split('$');
        if (parts is [Stretched, var iterations, var salt, var hash])
        {
            var derived = Stretch(password, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture));
            return CryptographicOperations.FixedTimeEquals(derived, Convert.FromBase64String(hash));
        }

        Stretch(password, NoSalt, Iterations);
        return parts is [Token, var digest]
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(TokenText.Hash(password)), Encoding.ASCII.GetBytes(digest));
    }

    private static byte[] Stretch(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
