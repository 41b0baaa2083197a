using OpenStage.Server.Jobs;

namespace OpenStage.Server.Campaigns;

/// <summary>One phone of a campaign.</summary>
/// <param name="Position">Its place in the order of release, from 1.</param>
/// <param name="Model">Device type; empty when the phone is not known any more.</param>
/// <param name="Job">Number of its job, or null when it has none.</param>
/// <param name="JobState">State of that job, or null.</param>
/// <param name="Why">The last line of the job's history, or why no job could be made; never a secret.</param>
public sealed record CampaignPhone(
    string Mac, int Position, string Model, string Location, CampaignPhoneState State, long? Job, JobState? JobState, string Why);
