using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>What holds for every campaign, however its phones behave.</summary>
public sealed class CampaignPropertyTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static Gen<Setting> Settings { get; } =
        from phones in Gen.Choose(1, 60)
        from atOnce in Gen.Choose(1, 20)
        from rate in Gen.Frequency((1, Gen.Constant((int?)null)), (4, Gen.OneOf(Gen.Choose(1, 130), Gen.Choose(1, 6000)).Select(value => (int?)value)))
        from seconds in Gen.ArrayOf(Gen.Choose(0, 90), phones)
        select new Setting(phones, atOnce, rate, seconds);

    [Test]
    public void Each_phone_is_released_once_and_neither_rate_nor_open_jobs_are_ever_exceeded() => Cases.ForAll(Settings, setting =>
    {
        var (released, mostOpen) = Simulate(setting);
        Assert.That(released, Has.Count.EqualTo(setting.Phones));
        Assert.That(mostOpen, Is.LessThanOrEqualTo(setting.AtOnce));
        for (var index = 0; setting.Rate is { } rate && index + rate < released.Count; index++)
            Assert.That(released[index + rate] - released[index], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(1)), $"releases {index} to {index + rate}");
    }, 300);

    [Test]
    public void The_pace_is_at_most_the_rate_and_close_to_it() => Cases.ForAll(Gen.Choose(1, 6000), rate =>
    {
        var pace = CampaignPace.Of(rate);
        var perMinute = pace.Batch * (TimeSpan.FromMinutes(1) / pace.Pause);
        Assert.That(perMinute, Is.LessThanOrEqualTo(rate).And.GreaterThan(0.97 * rate));
        Assert.That(pace.Pause, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(500)));
    }, 1000);

    /// <summary>Plays a campaign whose jobs take the seconds given, looking only when the plan says so or a job ends.</summary>
    private static (List<DateTimeOffset> Released, int MostOpen) Simulate(Setting setting)
    {
        var campaign = new Campaign
        {
            Id = 1,
            Name = "Any",
            Content = new CampaignContent { Kind = JobKind.Contact },
            Filter = new CampaignFilter(),
            Created = Begin,
            State = CampaignState.Running,
            AtOnce = setting.AtOnce,
            Rate = setting.Rate,
            Phones = setting.Phones,
        };
        var now = Begin;
        var released = new List<DateTimeOffset>();
        var open = new PriorityQueue<int, DateTimeOffset>();
        var mostOpen = 0;
        while (true)
        {
            while (open.TryPeek(out _, out var end) && end <= now)
                open.Dequeue();
            var counts = new CampaignCounts
            {
                Total = setting.Phones,
                Waiting = setting.Phones - released.Count,
                Open = open.Count,
                Succeeded = released.Count - open.Count,
            };
            var plan = CampaignPlan.Next(campaign, counts, now);
            if (plan.End is not null)
                return (released, mostOpen);
            for (var count = 0; count < plan.Release; count++)
            {
                open.Enqueue(released.Count, now.AddSeconds(setting.Seconds[released.Count]));
                released.Add(now);
            }

            campaign = campaign.Released(plan.Release, now);
            mostOpen = Math.Max(mostOpen, open.Count);
            if (plan.Release > 0)
                continue;
            var next = plan.NextLook;
            if (open.TryPeek(out _, out var ends) && (next is null || ends < next))
                next = ends;
            Assert.That(next, Is.Not.Null.And.GreaterThan(now), "it would stand still");
            now = next!.Value;
        }
    }

    private sealed record Setting(int Phones, int AtOnce, int? Rate, int[] Seconds);
}
