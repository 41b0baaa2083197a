using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>A password to be set.</summary>
public sealed record PasswordChange
{
    /// <summary>The present password; needed for one's own account, for others left out.</summary>
    [Allowed(Longest = 256)]
    public string? CurrentPassword { get; init; }

    /// <summary>12 to 256 characters, without the name of the account.</summary>
    [Allowed(IsNeeded = true, Shortest = 12, Longest = 256)]
    public string? NewPassword { get; init; }
}
