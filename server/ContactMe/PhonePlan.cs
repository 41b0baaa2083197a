using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.ContactMe;

/// <summary>What is to be done for one phone now, and when to look again.</summary>
internal sealed record PhonePlan
{
    public IReadOnlyList<Job> ChangedJobs { get; init; } = [];

    public Device? ChangedDevice { get; init; }

    /// <summary>The open interaction got no message for too long; end it and plan again.</summary>
    public bool InteractionTimedOut { get; init; }

    /// <summary>Send a contact-me.</summary>
    public bool Contact { get; init; }

    /// <summary>When something falls due next; null when nothing will.</summary>
    public DateTimeOffset? NextDue { get; init; }
}
