namespace OpenStage.Server.Audit;

/// <summary>Who changed what, and when; never with a secret.</summary>
public sealed record AuditEntry
{
    public long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Name of the account; empty for a login with a name that no account has.</summary>
    public required string Account { get; init; }

    /// <summary>Where the request came from.</summary>
    public required string Address { get; init; }

    public required string Method { get; init; }

    /// <summary>Path of the request.</summary>
    public required string Resource { get; init; }

    /// <summary>What was asked for, in a few words; secrets as stars.</summary>
    public string Summary { get; init; } = "";

    /// <summary>HTTP status of the answer: below 400 it was done, from 400 refused.</summary>
    public required int Status { get; init; }
}
