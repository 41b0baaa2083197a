using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Observations;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>What the page of one phone shows.</summary>
public sealed record PhoneModel
{
    public required PhoneHead Head { get; init; }

    /// <summary>The user who has it, or null.</summary>
    public PhoneOwner? Owner { get; init; }

    /// <summary>The latest jobs.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }

    /// <summary>The latest deviations from the guide that this node saw.</summary>
    public required IReadOnlyList<ObservedDeviation> Observations { get; init; }

    /// <summary>Locations of other phones, to choose from.</summary>
    public required IReadOnlyList<string> Locations { get; init; }

    /// <summary>Files that a job may deploy.</summary>
    public required IReadOnlyList<LibraryFile> Library { get; init; }

    /// <summary>The form of a new job.</summary>
    public required FormInput NewJob { get; init; }

    /// <summary>The form of the location.</summary>
    public required FormInput Location { get; init; }
}
