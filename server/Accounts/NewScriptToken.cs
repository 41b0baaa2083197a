namespace OpenStage.Server.Accounts;

/// <summary>A token to be created for a script.</summary>
public sealed record NewScriptToken
{
    /// <summary>What it is for, 1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Viewer, Operator or Administrator, not more than one's own.</summary>
    public string? Role { get; init; }

    /// <summary>When it ends; left out for never.</summary>
    public DateTimeOffset? Expires { get; init; }
}
