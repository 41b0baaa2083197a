using OpenStage.Server.Description;

namespace OpenStage.Server.Campaigns;

/// <summary>A campaign as it is asked for.</summary>
public sealed record NewCampaign
{
    /// <summary>1 to 100 characters.</summary>
    [Allowed(IsNeeded = true, Shortest = 1, Longest = 100)]
    public string? Name { get; init; }

    /// <summary>What the job of each phone asks for.</summary>
    [Allowed(IsNeeded = true)]
    public NewCampaignContent? Content { get; init; }

    /// <summary>Which phones; an empty one means all.</summary>
    [Allowed(IsNeeded = true)]
    public CampaignFilter? Filter { get; init; }

    /// <summary>Most phones a minute, 1 to 6000; null for no limit.</summary>
    [Allowed(Least = 1, Most = 6000)]
    public int? Rate { get; init; }

    /// <summary>Most jobs that are open at a time, 1 to 10000; default 50.</summary>
    [Allowed(Least = 1, Most = 10_000)]
    public int? AtOnce { get; init; }

    /// <summary>When phones may be released; null for always.</summary>
    public NewCampaignWindow? Window { get; init; }

    /// <summary>Stops when so many percent of the phones that are done failed, 1 to 100; null for never.</summary>
    [Allowed(Least = 1, Most = 100)]
    public int? StopAfterFailurePercent { get; init; }

    /// <summary>Phones that must be done before failures are counted, 1 to 10000; default 5.</summary>
    [Allowed(Least = 1, Most = 10_000)]
    public int? MinimumSample { get; init; }
}
