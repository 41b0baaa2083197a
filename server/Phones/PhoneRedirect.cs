namespace OpenStage.Server.Phones;

/// <summary>What the redirect service shall know of a phone.</summary>
internal sealed record PhoneRedirect
{
    /// <summary>Pauses after each failure; after the one that follows the last it is given up.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    public required string Mac { get; init; }

    /// <summary>False when the registration shall be taken back.</summary>
    public required bool IsWanted { get; init; }

    /// <summary>Address that the phone shall be sent to.</summary>
    public required string Url { get; init; }

    public string? SerialNumber { get; init; }

    public RedirectState State { get; init; } = RedirectState.Pending;

    public int Failures { get; init; }

    /// <summary>When to ask the service next; null when there is nothing to ask.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Told apart from what the phone's redirect was before and will be later.</summary>
    public required long Revision { get; init; }

    /// <summary>The redirect while it is being asked for: should this node die, another asks again after the pause.</summary>
    public PhoneRedirect Begun(DateTimeOffset now) => this with { Due = now + Pauses[Math.Min(Failures, Pauses.Length - 1)] };

    public PhoneRedirect Done() => this with { State = RedirectState.Registered, Failures = 0, Due = null };

    public PhoneRedirect Failed(DateTimeOffset now) => Failures < Pauses.Length
        ? this with { Failures = Failures + 1, Due = now + Pauses[Failures] }
        : this with { Failures = Failures + 1, State = RedirectState.Failed, Due = null };
}
