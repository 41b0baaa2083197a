using NUnit.Framework;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>What a campaign does next, as a pure function of where it stands.</summary>
public sealed class CampaignPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly Campaign Running = new()
    {
        Id = 1,
        Name = "Test",
        Content = new CampaignContent { Kind = JobKind.Contact },
        Filter = new CampaignFilter(),
        Created = Now,
        State = CampaignState.Running,
        AtOnce = 10,
    };

    private static readonly CampaignWindow Nights = new() { From = "22:00", To = "04:00", Zone = "UTC" };

    [TestCase(100, 0, 10)]
    [TestCase(100, 7, 3)]
    [TestCase(100, 10, 0)]
    [TestCase(100, 12, 0)]
    [TestCase(4, 0, 4)]
    public void As_many_are_released_as_may_be_open(int waiting, int open, int release)
    {
        var plan = Next(Running, new CampaignCounts { Total = 200, Waiting = waiting, Open = open });
        Assert.That(plan, Is.EqualTo(new CampaignPlan { Release = release }));
    }

    [Test]
    public void Nothing_waits_and_nothing_is_open_so_it_is_done()
    {
        var plan = Next(Running, new CampaignCounts { Total = 3, Succeeded = 1, Failed = 2 });
        Assert.That(plan.End, Is.EqualTo(CampaignState.Done));
    }

    [TestCase(CampaignState.Draft)]
    [TestCase(CampaignState.Paused)]
    [TestCase(CampaignState.Stopped)]
    [TestCase(CampaignState.Done)]
    public void One_that_does_not_run_releases_nothing(CampaignState state)
    {
        var plan = Next(Running with { State = state }, new CampaignCounts { Total = 3, Waiting = 3 });
        Assert.That(plan, Is.EqualTo(new CampaignPlan()));
    }

    [Test]
    public void A_paused_one_whose_last_jobs_end_is_done()
    {
        var paused = Running with { State = CampaignState.Paused };
        Assert.That(Next(paused, new CampaignCounts { Total = 3, Succeeded = 2, Open = 1 }).End, Is.Null);
        Assert.That(Next(paused, new CampaignCounts { Total = 3, Succeeded = 3 }).End, Is.EqualTo(CampaignState.Done));
    }

    [TestCase(2, 2, false, TestName = "Four of five are too few to judge")]
    [TestCase(3, 2, true, TestName = "Two of five are the limit of 40 percent")]
    [TestCase(4, 2, false, TestName = "Two of six are less than 40 percent")]
    public void Failures_stop_it(int succeeded, int failed, bool isStopped)
    {
        var campaign = Running with { StopAfterFailurePercent = 40 };
        var plan = Next(campaign, new CampaignCounts { Total = 50, Waiting = 40, Succeeded = succeeded, Failed = failed });
        Assert.That(plan.End, Is.EqualTo(isStopped ? CampaignState.Stopped : (CampaignState?)null));
        if (isStopped)
            Assert.That(plan.Why, Is.EqualTo("2 of 5 phones failed, the limit is 40 %"));
    }

    [Test]
    public void Refused_items_and_expired_jobs_are_failures_and_cancelled_ones_are_not_counted()
    {
        var campaign = Running with { StopAfterFailurePercent = 50, MinimumSample = 4 };
        var counts = new CampaignCounts { Total = 50, Waiting = 40, Succeeded = 2, PartlyFailed = 1, Expired = 1, Cancelled = 6 };
        Assert.That(Next(campaign, counts).End, Is.EqualTo(CampaignState.Stopped));
        Assert.That(Next(campaign, counts with { Expired = 0, Cancelled = 7 }).End, Is.Null);
    }

    [Test]
    public void Outside_its_window_it_looks_again_when_that_opens()
    {
        var plan = Next(Running with { Window = Nights }, new CampaignCounts { Total = 3, Waiting = 3 });
        Assert.That(plan, Is.EqualTo(new CampaignPlan { NextLook = Now.AddHours(14) }));
        var night = CampaignPlan.Next(Running with { Window = Nights }, new CampaignCounts { Total = 3, Waiting = 3 }, Now.AddHours(14));
        Assert.That(night.Release, Is.EqualTo(3));
    }

    [Test]
    public void Outside_its_window_it_ends_all_the_same()
    {
        var campaign = Running with { Window = Nights, StopAfterFailurePercent = 10 };
        Assert.That(Next(campaign, new CampaignCounts { Total = 3, Succeeded = 3 }).End, Is.EqualTo(CampaignState.Done));
        Assert.That(Next(campaign, new CampaignCounts { Total = 9, Waiting = 4, Failed = 5 }).End, Is.EqualTo(CampaignState.Stopped));
    }

    [Test]
    public void With_a_rate_the_next_phone_waits_for_its_time()
    {
        var campaign = Running with { Rate = 6 };
        var counts = new CampaignCounts { Total = 50, Waiting = 40 };
        Assert.That(Next(campaign, counts).Release, Is.EqualTo(1));
        var later = campaign.Released(1, Now);
        Assert.That(Next(later, counts), Is.EqualTo(new CampaignPlan { NextLook = Now.AddSeconds(10) }));
        Assert.That(CampaignPlan.Next(later, counts, Now.AddSeconds(9.999)).Release, Is.Zero);
        Assert.That(CampaignPlan.Next(later, counts, Now.AddSeconds(10)).Release, Is.EqualTo(1));
    }

    [Test]
    public void A_batch_that_open_jobs_cut_short_is_filled_up_later()
    {
        var campaign = Running with { Rate = 600 };
        var counts = new CampaignCounts { Total = 50, Waiting = 40, Open = 4 };
        Assert.That(Next(campaign, counts).Release, Is.EqualTo(6));
        var later = campaign.Released(6, Now);
        Assert.That(Next(later, counts).Release, Is.EqualTo(4));
        var full = later.Released(4, Now.AddMilliseconds(900));
        Assert.That(CampaignPlan.Next(full, counts, Now.AddMilliseconds(950)), Is.EqualTo(new CampaignPlan { NextLook = Now.AddMilliseconds(1900) }));
    }

    private static CampaignPlan Next(Campaign campaign, CampaignCounts counts) => CampaignPlan.Next(campaign, counts, Now);
}
