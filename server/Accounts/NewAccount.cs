using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>An account to be created.</summary>
public sealed record NewAccount
{
    /// <summary>3 to 64 letters, digits, dots, hyphens, underscores and @; upper case is taken for lower case.</summary>
    [Allowed(IsNeeded = true, Shortest = 3, Longest = 64)]
    public string? Name { get; init; }

    /// <summary>Viewer, Operator or Administrator.</summary>
    [Allowed(IsNeeded = true, Names = typeof(Role))]
    public string? Role { get; init; }

    /// <summary>12 to 256 characters; without one a one-time password is made and answered.</summary>
    [Allowed(Shortest = 12, Longest = 256)]
    public string? Password { get; init; }
}
