namespace OpenStage.Server.Scans;

/// <summary>How far a scan is.</summary>
public sealed record ScanView
{
    public required long Id { get; init; }

    /// <summary>First IP address.</summary>
    public required string From { get; init; }

    /// <summary>Last IP address.</summary>
    public required string To { get; init; }

    public required int Port { get; init; }

    public required int PerSecond { get; init; }

    public required ScanState State { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>When it was done or stopped; null before.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Addresses to contact.</summary>
    public required int Total { get; init; }

    /// <summary>Addresses that were sent a contact-me.</summary>
    public required int Sent { get; init; }

    /// <summary>Addresses that answered 204, as a phone does (WPI guide p.15).</summary>
    public required int NoContent { get; init; }

    /// <summary>Addresses that answered something else.</summary>
    public required int OtherAnswers { get; init; }

    /// <summary>Addresses that gave no answer.</summary>
    public required int Silent { get; init; }

    /// <summary>Addresses from which a phone called within a minute.</summary>
    public required int Called { get; init; }
}
