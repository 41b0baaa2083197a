namespace OpenStage.Harness.Comparison;

/// <summary>An exchange that came, or was answered, clearly sooner or later than before.</summary>
public sealed record TimingChange
{
    public required string CaseId { get; init; }

    /// <summary>The exchange, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>What was measured: the pause before a message, or the answer to a contact-me.</summary>
    public required string What { get; init; }

    public required double BeforeMilliseconds { get; init; }

    public required double AfterMilliseconds { get; init; }
}
