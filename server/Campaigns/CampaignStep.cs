using OpenStage.Server.Jobs;

namespace OpenStage.Server.Campaigns;

/// <summary>What one transaction did for a campaign.</summary>
/// <param name="Decided">Phones that were released or found impossible.</param>
/// <param name="Jobs">New jobs, to be told of once the transaction is through.</param>
internal sealed record CampaignStep(int Decided, IReadOnlyList<Job> Jobs);
