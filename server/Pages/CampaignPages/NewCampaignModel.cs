using OpenStage.Server.Devices;
using OpenStage.Server.Files;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.CampaignPages;

/// <summary>What the page of a new campaign shows.</summary>
public sealed record NewCampaignModel
{
    public required FormInput Form { get; init; }

    public required IReadOnlyList<string> Models { get; init; }

    public required IReadOnlyList<string> Firmwares { get; init; }

    public required IReadOnlyList<string> Locations { get; init; }

    /// <summary>Files that may be deployed.</summary>
    public required IReadOnlyList<LibraryFile> Library { get; init; }

    /// <summary>How many phones the filter finds; null before it was asked.</summary>
    public long? Found { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Device> First { get; init; } = [];
}
