namespace OpenStage.Simulator.Fleet;

/// <summary>Where a phone of a fleet stands.</summary>
internal enum PhoneStanding
{
    Off,
    Booting,

    /// <summary>Waits for its turn to connect.</summary>
    Waiting,
    Handshaking,
    InInteraction,
    Resting,

    /// <summary>Has given up to reach the service, and tries again later.</summary>
    Failed,
}
