namespace OpenStage.Server.Accounts;

/// <summary>Somebody who may use the administration.</summary>
public sealed record Account
{
    /// <summary>In lower case; see <see cref="AccountName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="Accounts.PasswordHash"/>; empty for one that uses tokens only.</summary>
    public string PasswordHash { get; init; } = "";

    public required Role Role { get; init; }

    /// <summary>True until the account has a password that nobody else knows.</summary>
    public bool MustChangePassword { get; init; }

    public bool Disabled { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? LastLogin { get; init; }
}
