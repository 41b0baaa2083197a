using OpenStage.Server.Description;

namespace OpenStage.Server.Campaigns;

/// <summary>A filter to be tried.</summary>
/// <param name="Filter">Which phones; an empty one means all.</param>
/// <param name="Top">How many phones to show, 1 to 1000; default 20.</param>
public sealed record CampaignPreview([property: Allowed(IsNeeded = true)] CampaignFilter? Filter, [property: Allowed(Least = 1, Most = 1000)] int? Top = null);
