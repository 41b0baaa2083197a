using OpenStage.Server.Campaigns;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.CampaignPages;

/// <summary>What the list of campaigns shows.</summary>
public sealed record CampaignListModel(IReadOnlyList<(Campaign Campaign, CampaignProgress Progress)> Campaigns, Paging Paging);
