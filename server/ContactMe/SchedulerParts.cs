using OpenStage.Server.Conversations;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Observations;
using OpenStage.Server.Storage;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.ContactMe;

/// <summary>What the scheduler works with.</summary>
internal sealed record SchedulerParts
{
    public required Database Database { get; init; }

    public required TimeProvider Time { get; init; }

    public required ServerOptions Options { get; init; }

    public required JobQueue Queue { get; init; }

    public required ObservationBook Book { get; init; }

    public required InteractionEngine Engine { get; init; }

    public required ContactMeClient Client { get; init; }

    public required ConversationScripts Scripts { get; init; }

    public required ServerMetrics Metrics { get; init; }

    public required Activity Activity { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The port that a phone calls, known once the listeners are open.</summary>
    public required Func<Device, int> PhonePort { get; init; }
}
