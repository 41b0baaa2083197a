namespace OpenStage.Server.Campaigns;

/// <summary>Where a phone of a campaign stands.</summary>
public enum CampaignPhoneState
{
    /// <summary>Not released yet.</summary>
    Waiting,

    /// <summary>Its job is not over.</summary>
    Open,

    Succeeded,

    /// <summary>The phone refused some of the items (WPI guide p.78).</summary>
    PartlyFailed,

    /// <summary>Its job failed, or none could be made.</summary>
    Failed,

    Expired,

    /// <summary>Its job was cancelled, or removed.</summary>
    Cancelled,
}
