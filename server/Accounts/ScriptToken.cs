namespace OpenStage.Server.Accounts;

/// <summary>A long-lived token for scripts, as it is shown.</summary>
public sealed record ScriptToken(long Id, string Name, string Account, Role Role, DateTimeOffset Created, DateTimeOffset? Expires)
{
    /// <summary>In the answer to the creation: the token, which nobody sees again.</summary>
    public string? Token { get; init; }

    internal static ScriptToken Of(Grant grant) =>
        new(grant.Id, grant.Name, grant.Account, grant.Role ?? Accounts.Role.Viewer, grant.Created, grant.Expires);
}
