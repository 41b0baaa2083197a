using OpenStage.Server.Campaigns;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.CampaignPages;

/// <summary>What the page of one campaign shows.</summary>
public sealed record CampaignModel
{
    public required Campaign Campaign { get; init; }

    public required CampaignProgress Progress { get; init; }

    /// <summary>State that the phones are narrowed to, or null.</summary>
    public CampaignPhoneState? State { get; init; }

    public required IReadOnlyList<CampaignPhone> Phones { get; init; }

    public required Paging Paging { get; init; }

    /// <summary>Why it was not started, paused or the like; null when all went well.</summary>
    public RequestException? Wrong { get; init; }
}
