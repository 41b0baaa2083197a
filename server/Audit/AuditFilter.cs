namespace OpenStage.Server.Audit;

/// <summary>Which entries are meant; what is null does not matter.</summary>
public sealed record AuditFilter
{
    /// <summary>Name of an account, in lower case.</summary>
    public string? Account { get; init; }

    /// <summary>Any part of the path, in any case.</summary>
    public string? Resource { get; init; }

    /// <summary>This time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Entries to leave out at the beginning, 0 or more.</summary>
    public int Skip { get; init; }

    /// <summary>Most entries, 1 to 500.</summary>
    public int Top { get; init; } = 100;
}
