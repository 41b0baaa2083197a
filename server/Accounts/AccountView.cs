namespace OpenStage.Server.Accounts;

/// <summary>An account as it is shown.</summary>
public sealed record AccountView(
    string Name, Role Role, bool MustChangePassword, bool Disabled, DateTimeOffset Created, DateTimeOffset? LastLogin)
{
    /// <summary>In the answer to the creation without a password: the one-time password, which nobody sees again.</summary>
    public string? OneTimePassword { get; init; }

    internal static AccountView Of(Account account) => new(
        account.Name, account.Role, account.MustChangePassword, account.Disabled, account.Created, account.LastLogin);
}
