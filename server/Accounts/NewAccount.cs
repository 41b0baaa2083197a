namespace OpenStage.Server.Accounts;

/// <summary>An account to be created.</summary>
public sealed record NewAccount
{
    /// <summary>3 to 64 letters, digits, dots, hyphens, underscores and @; upper case is taken for lower case.</summary>
    public string? Name { get; init; }

    /// <summary>Viewer, Operator or Administrator.</summary>
    public string? Role { get; init; }

    /// <summary>12 to 256 characters; without one a one-time password is made and answered.</summary>
    public string? Password { get; init; }
}
