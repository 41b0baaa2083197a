namespace OpenStage.Server.Campaigns;

/// <summary>What a filter finds now.</summary>
/// <param name="Count">How many phones.</param>
/// <param name="First">The first of them, in order of their MAC addresses.</param>
public sealed record CampaignPreviewResult(long Count, IReadOnlyList<CampaignPreviewPhone> First);
