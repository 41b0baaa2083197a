namespace OpenStage.Server.Campaigns;

/// <summary>Spreads releases over a minute, such that no 60 seconds ever hold more than the rate.</summary>
/// <param name="Batch">Phones released together: more than one from 120 a minute on, so that the server need not wake more than about once a second.</param>
/// <param name="Pause">Least time from the last of one batch to the first of the next.</param>
internal readonly record struct CampaignPace(int Batch, TimeSpan Pause)
{
    /// <param name="rate">Phones a minute, 1 to 6000.</param>
    public static CampaignPace Of(int rate)
    {
        var batch = Math.Max(1, rate / 60);
        // Whole batches a minute, rounded down, and the pause rounded up: never more than the rate.
        var batches = rate / batch;
        return new CampaignPace(batch, TimeSpan.FromTicks((TimeSpan.TicksPerMinute + batches - 1) / batches));
    }

    /// <summary>How many may be released now.</summary>
    /// <param name="last">When the last one was released, or null.</param>
    /// <param name="used">How many of the present batch have been.</param>
    public int Allowed(DateTimeOffset? last, int used, DateTimeOffset now) =>
        last is not { } before || now >= before + Pause ? Batch : Math.Max(0, Batch - used);
}
