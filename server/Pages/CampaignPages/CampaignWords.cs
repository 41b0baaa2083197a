using OpenStage.Server.Campaigns;

namespace OpenStage.Server.Pages.CampaignPages;

/// <summary>Campaigns in words.</summary>
public static class CampaignWords
{
    public static string Of(CampaignPhoneState state) => state switch
    {
        CampaignPhoneState.Open => "under way",
        CampaignPhoneState.PartlyFailed => "partly failed",
        _ => state.ToString().ToLowerInvariant(),
    };

    /// <summary>Colour of a state, as a class of the style sheet.</summary>
    public static string Tone(CampaignPhoneState state) => state switch
    {
        CampaignPhoneState.Open => "busy",
        CampaignPhoneState.Succeeded => "good",
        CampaignPhoneState.PartlyFailed => "warn",
        CampaignPhoneState.Failed or CampaignPhoneState.Expired => "bad",
        _ => "",
    };

    public static int Count(CampaignCounts counts, CampaignPhoneState state) => state switch
    {
        CampaignPhoneState.Waiting => counts.Waiting,
        CampaignPhoneState.Open => counts.Open,
        CampaignPhoneState.Succeeded => counts.Succeeded,
        CampaignPhoneState.PartlyFailed => counts.PartlyFailed,
        CampaignPhoneState.Failed => counts.Failed,
        CampaignPhoneState.Expired => counts.Expired,
        _ => counts.Cancelled,
    };
}
