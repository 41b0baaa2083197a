using System.Globalization;

namespace OpenStage.Server.Campaigns;

/// <summary>What a campaign is to do now, and when to look again.</summary>
internal sealed record CampaignPlan
{
    private static readonly CampaignPlan Wait = new();

    /// <summary>Phones to release now.</summary>
    public int Release { get; init; }

    /// <summary>When to look again, besides each time that one of its jobs changes; null means then only.</summary>
    public DateTimeOffset? NextLook { get; init; }

    /// <summary>The state it ends in, or null when it goes on.</summary>
    public CampaignState? End { get; init; }

    /// <summary>Why it ends.</summary>
    public string Why { get; init; } = "";

    /// <summary>Decides: a pure function.</summary>
    public static CampaignPlan Next(Campaign campaign, CampaignCounts counts, DateTimeOffset now)
    {
        if (campaign.State is not (CampaignState.Running or CampaignState.Paused))
            return Wait;
        if (counts.Waiting == 0 && counts.Open == 0)
            return new CampaignPlan { End = CampaignState.Done, Why = "all phones are done" };
        if (campaign.State == CampaignState.Paused)
            return Wait;
        if (TooManyFailures(campaign, counts) is { } why)
            return new CampaignPlan { End = CampaignState.Stopped, Why = why };
        if (campaign.Window is { } window && !window.IsOpen(now))
            return counts.Waiting == 0 ? Wait : new CampaignPlan { NextLook = window.NextOpening(now) };
        var free = Math.Min(counts.Waiting, campaign.AtOnce - counts.Open);
        return free <= 0 ? Wait : Paced(campaign, free, now);
    }

    private static CampaignPlan Paced(Campaign campaign, int free, DateTimeOffset now)
    {
        if (campaign.Rate is not { } rate)
            return new CampaignPlan { Release = free };
        var pace = CampaignPace.Of(rate);
        var release = Math.Min(free, pace.Allowed(campaign.LastRelease, campaign.LastBatch, now));
        return release == 0
            ? new CampaignPlan { NextLook = campaign.LastRelease + pace.Pause }
            : new CampaignPlan { Release = release };
    }

    private static string? TooManyFailures(Campaign campaign, CampaignCounts counts)
    {
        var judged = counts.Succeeded + counts.Failures;
        if (campaign.StopAfterFailurePercent is not { } percent || judged < campaign.MinimumSample || counts.Failures * 100L < (long)percent * judged)
            return null;
        return string.Create(CultureInfo.InvariantCulture, $"{counts.Failures} of {judged} phones failed, the limit is {percent} %");
    }
}
