using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>What is to be changed of an account; what is left out stays.</summary>
public sealed record AccountChange
{
    /// <summary>Viewer, Operator or Administrator.</summary>
    [Allowed(Names = typeof(Role))]
    public string? Role { get; init; }

    /// <summary>True ends all logins, and no new one nor any token of it works.</summary>
    public bool? Disabled { get; init; }

    /// <summary>True lets the account do nothing else before it has another password.</summary>
    public bool? MustChangePassword { get; init; }
}
