namespace OpenStage.Harness.Reports;

/// <summary>What a case found on a phone.</summary>
public sealed record ResultEntry
{
    public required string CaseId { get; init; }

    public required string PhoneId { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>False when the phone would not work with a service for this.</summary>
    public required bool Compatible { get; init; }

    public string Reason { get; init; } = "";

    public string Expected { get; init; } = "";

    public string Actual { get; init; } = "";

    public double DurationMilliseconds { get; init; }

    /// <summary>What was on the wire, secrets masked.</summary>
    public IReadOnlyList<ExchangeEntry> Exchanges { get; init; } = [];
}
