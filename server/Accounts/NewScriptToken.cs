using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>A token to be created for a script.</summary>
public sealed record NewScriptToken
{
    /// <summary>What it is for, 1 to 100 characters.</summary>
    [Allowed(IsNeeded = true, Shortest = 1, Longest = 100)]
    public string? Name { get; init; }

    /// <summary>Viewer, Operator or Administrator, not more than one's own.</summary>
    [Allowed(IsNeeded = true, Names = typeof(Role))]
    public string? Role { get; init; }

    /// <summary>When it ends; left out for never.</summary>
    public DateTimeOffset? Expires { get; init; }
}
