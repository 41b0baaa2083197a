using OpenStage.Harness.Recording;

namespace OpenStage.Harness.ServiceSuite.Faults;

/// <summary>Something that a service gets wrong, put between it and its phones: what quirks are to phones.</summary>
/// <param name="Name">Short name with hyphens, unique among the faults.</param>
/// <param name="Text">What the service does wrong, in one sentence.</param>
public sealed record ServiceFault(string Name, string Text)
{
    /// <summary>Changes a message on its way to the service; null for none.</summary>
    internal Func<FaultTurn, RawMessage>? Request { get; init; }

    /// <summary>Changes an answer on its way to the phone, or gives null for silence; null for none.</summary>
    internal Func<FaultTurn, RawMessage?>? Answer { get; init; }

    /// <summary>Bytes that come after the body of each answer.</summary>
    internal byte[] Surplus { get; init; } = [];

    /// <summary>Changes a contact-me on its way to the phone; null for none.</summary>
    internal Func<RawMessage, RawMessage>? ContactMe { get; init; }

    /// <summary>The status of every poll; null for the service's own.</summary>
    public int? PollStatus { get; init; }

    public SecurePortFault SecurePort { get; init; }

    public override string ToString() => Name;
}
