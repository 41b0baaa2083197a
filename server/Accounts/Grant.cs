namespace OpenStage.Server.Accounts;

/// <summary>A token that was given out.</summary>
internal sealed record Grant
{
    public required long Id { get; init; }

    public required GrantKind Kind { get; init; }

    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string TokenHash { get; init; }

    /// <summary>Name of the account.</summary>
    public required string Account { get; init; }

    /// <summary>The same for all tokens that come from one login.</summary>
    public required string Family { get; init; }

    /// <summary>Of a script's token: what it was called.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of a script's token: the most it may do.</summary>
    public Role? Role { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>Null for never.</summary>
    public DateTimeOffset? Expires { get; init; }
}
