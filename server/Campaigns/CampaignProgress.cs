namespace OpenStage.Server.Campaigns;

/// <summary>How far a campaign is.</summary>
public sealed record CampaignProgress
{
    /// <summary>How many phones stand where; all zero before it starts.</summary>
    public required CampaignCounts Counts { get; init; }

    /// <summary>Phones that are done, in percent, with one decimal.</summary>
    public required double Percent { get; init; }

    /// <summary>Phones done a minute, without pauses and the hours outside the window; null while none is.</summary>
    public double? PhonesPerMinute { get; init; }

    /// <summary>When all will be done if it goes on so; null when that cannot be told.</summary>
    public DateTimeOffset? EstimatedEnd { get; init; }

    internal static CampaignProgress Of(Campaign campaign, CampaignCounts counts, DateTimeOffset now)
    {
        var minutes = campaign.RunningTime(now).TotalMinutes;
        var perMinute = counts.Done > 0 && minutes > 0 ? counts.Done / minutes : (double?)null;
        return new CampaignProgress
        {
            Counts = counts,
            // Rounded down: 100 means all.
            Percent = counts.Total == 0 ? 0 : Math.Floor(counts.Done * 1000.0 / counts.Total) / 10,
            PhonesPerMinute = perMinute is { } speed ? Math.Round(speed, 2) : null,
            EstimatedEnd = campaign.State == CampaignState.Running ? End(campaign, counts, perMinute, now) : null,
        };
    }

    private static DateTimeOffset? End(Campaign campaign, CampaignCounts counts, double? perMinute, DateTimeOffset now)
    {
        if (perMinute is not { } speed || (counts.Waiting + counts.Open) / speed is var minutes && !(minutes < TimeSpan.FromDays(365).TotalMinutes))
            return null;
        var left = TimeSpan.FromMinutes((counts.Waiting + counts.Open) / speed);
        return campaign.Window is { } window ? window.AfterOpenTime(now, left) : now + left;
    }
}
