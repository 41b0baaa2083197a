using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Pages.Overview;

/// <summary>What the first page shows.</summary>
public sealed record OverviewModel
{
    public required long Phones { get; init; }

    /// <summary>Phones that called in the last 24 hours.</summary>
    public required long Seen { get; init; }

    public required long Unreachable { get; init; }

    public required long OpenJobs { get; init; }

    /// <summary>Jobs that ended badly in the last 24 hours, the latest first.</summary>
    public required IReadOnlyList<Job> Failed { get; init; }

    /// <summary>Some of the unreachable phones.</summary>
    public required IReadOnlyList<Device> UnreachablePhones { get; init; }

    /// <summary>Deviations that this node saw, by their kinds.</summary>
    public required IReadOnlyList<ObservationKind> Observations { get; init; }

    /// <summary>The latest jobs.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }

    /// <summary>Phones by firmware.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Firmwares { get; init; }

    public required Uri PhoneUrl { get; init; }
}
