namespace OpenStage.Server.Campaigns;

/// <summary>How many phones of a campaign stand where.</summary>
public sealed record CampaignCounts
{
    public int Total { get; init; }

    /// <summary>Not released yet.</summary>
    public int Waiting { get; init; }

    /// <summary>Their job is not over.</summary>
    public int Open { get; init; }

    public int Succeeded { get; init; }

    /// <summary>The phone refused some of the items (WPI guide p.78).</summary>
    public int PartlyFailed { get; init; }

    /// <summary>Their job failed, or none could be made.</summary>
    public int Failed { get; init; }

    public int Expired { get; init; }

    /// <summary>Their job was cancelled, or removed.</summary>
    public int Cancelled { get; init; }

    /// <summary>Phones for which nothing more will happen.</summary>
    public int Done => Succeeded + Failures + Cancelled;

    /// <summary>Phones that did not do all that was asked; cancelled ones were not asked any more.</summary>
    public int Failures => PartlyFailed + Failed + Expired;
}
