namespace OpenStage.Server.Campaigns;

/// <summary>A campaign as it may be shown: secrets masked.</summary>
public sealed record CampaignView
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required CampaignState State { get; init; }

    /// <summary>Why it was stopped; empty when it was not.</summary>
    public required string Reason { get; init; }

    public required CampaignContentView Content { get; init; }

    public required CampaignFilter Filter { get; init; }

    /// <summary>Most phones a minute; null for no limit.</summary>
    public int? Rate { get; init; }

    /// <summary>Most jobs that are open at a time.</summary>
    public required int AtOnce { get; init; }

    public CampaignWindow? Window { get; init; }

    public int? StopAfterFailurePercent { get; init; }

    /// <summary>Phones that must be done before failures are counted.</summary>
    public required int MinimumSample { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public required CampaignProgress Progress { get; init; }

    public required IReadOnlyList<CampaignHistoryLine> History { get; init; }

    internal static CampaignView Of((Campaign Campaign, CampaignProgress Progress) found)
    {
        var campaign = found.Campaign;
        return new CampaignView
        {
            Id = campaign.Id,
            Name = campaign.Name,
            State = campaign.State,
            Reason = campaign.Reason,
            Content = CampaignContentView.Of(campaign.Content),
            Filter = campaign.Filter,
            Rate = campaign.Rate,
            AtOnce = campaign.AtOnce,
            Window = campaign.Window,
            StopAfterFailurePercent = campaign.StopAfterFailurePercent,
            MinimumSample = campaign.MinimumSample,
            CreatedBy = campaign.CreatedBy,
            Created = campaign.Created,
            Started = campaign.Started,
            Ended = campaign.Ended,
            Progress = found.Progress,
            History = campaign.History,
        };
    }
}
