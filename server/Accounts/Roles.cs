namespace OpenStage.Server.Accounts;

/// <summary>Roles in words.</summary>
internal static class Roles
{
    /// <summary>By names only: Enum.TryParse alone would take any number, and several names at once.</summary>
    /// <exception cref="RequestException">It is no role.</exception>
    public static Role Parse(string field, string? text) =>
        text is not null && text.All(char.IsAsciiLetter) && Enum.TryParse<Role>(text, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role
            : throw new RequestException(field, text ?? "", string.Join(", ", Enum.GetNames<Role>()));
}
