namespace OpenStage.Server.Campaigns;

/// <summary>A filter to be tried.</summary>
/// <param name="Filter">Which phones; an empty one means all.</param>
/// <param name="Top">How many phones to show, 1 to 1000; default 20.</param>
public sealed record CampaignPreview(CampaignFilter? Filter, int? Top = null);
