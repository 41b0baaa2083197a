using System.Globalization;

namespace OpenStage.Server.Accounts;

/// <summary>What a password must be. Length counts, not kinds of characters.</summary>
internal static class PasswordRules
{
    public const int Least = 12;
    public const int Most = 256;

    /// <exception cref="RequestException">It must not be used; the password itself is not in the message.</exception>
    public static void Check(string field, string name, string? password)
    {
        if (password is null || password.Length is < Least or > Most)
        {
            throw new RequestException(field, string.Create(CultureInfo.InvariantCulture, $"{password?.Length ?? 0} characters"),
                string.Create(CultureInfo.InvariantCulture, $"{Least} to {Most} characters"));
        }

        if (password.Distinct().Count() < 5)
            throw new RequestException(field, "few different characters", "a password of at least 5 different characters");
        if (password.Contains(name, StringComparison.OrdinalIgnoreCase))
            throw new RequestException(field, "a password with the name in it", "a password without the name of the account");
    }
}
