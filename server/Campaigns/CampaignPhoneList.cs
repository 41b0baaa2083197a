namespace OpenStage.Server.Campaigns;

/// <summary>A part of a campaign's phones, in the order of their release.</summary>
/// <param name="Total">How many there are in all; none before the campaign starts.</param>
public sealed record CampaignPhoneList(long Total, IReadOnlyList<CampaignPhone> Phones);
