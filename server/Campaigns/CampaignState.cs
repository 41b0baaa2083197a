namespace OpenStage.Server.Campaigns;

/// <summary>Where a campaign stands.</summary>
public enum CampaignState
{
    /// <summary>Can still be changed; no phone is chosen yet.</summary>
    Draft,

    /// <summary>Releases phones as rate, window and open jobs allow.</summary>
    Running,

    /// <summary>Releases no more phones for now; jobs that are open go on.</summary>
    Paused,

    /// <summary>Ended before all phones were done, by hand or for too many failures.</summary>
    Stopped,

    /// <summary>All its phones are done.</summary>
    Done,
}
