using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace OpenStage.Server.Accounts;

/// <summary>Names of accounts: without case, so that nobody is taken for another.</summary>
internal static partial class AccountName
{
    public const string Allowed = "3 to 64 letters, digits, dots, hyphens, underscores and @, the first a letter or digit";

    /// <summary>The name in lower case.</summary>
    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? name)
    {
        name = text is not null && Form().IsMatch(text) ? text.ToLowerInvariant() : null;
        return name is not null;
    }

    /// <exception cref="RequestException">It can be no name.</exception>
    public static string Check(string? text, string field = "name") =>
        TryNormalise(text, out var name) ? name : throw new RequestException(field, text ?? "", Allowed);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@-]{2,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
