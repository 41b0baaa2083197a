namespace OpenStage.Server.Campaigns;

/// <summary>A part of the campaigns, the newest first.</summary>
/// <param name="Total">How many there are in all.</param>
public sealed record CampaignList(long Total, IReadOnlyList<CampaignView> Campaigns);
