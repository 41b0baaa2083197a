using OpenStage.Server.Devices;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>What the list of phones shows.</summary>
public sealed record PhoneListModel
{
    public required PhoneQuery Query { get; init; }

    public required IReadOnlyList<Device> Phones { get; init; }

    public required IReadOnlyDictionary<string, long> OpenJobs { get; init; }

    public required Paging Paging { get; init; }

    public required IReadOnlyList<string> Models { get; init; }

    public required IReadOnlyList<string> Firmwares { get; init; }

    public required IReadOnlyList<string> Locations { get; init; }

    /// <summary>Where phones call; for who has none yet.</summary>
    public required Uri PhoneUrl { get; init; }
}
