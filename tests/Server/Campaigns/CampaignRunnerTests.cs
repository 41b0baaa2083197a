using NUnit.Framework;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>Campaigns as they run, by the clock and by the ends of their jobs.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class CampaignRunnerTests(bool postgres)
{
    private TemporaryFolder folder = null!;
    private CampaignLab lab = null!;

    [SetUp]
    public void Open()
    {
        folder = new TemporaryFolder();
        lab = new CampaignLab(folder, postgres ? PostgresServer.NewDatabase() : null);
        lab.AddPhones(12);
        lab.Run();
    }

    [TearDown]
    public async Task Close()
    {
        await lab.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task A_campaign_releases_a_phone_for_each_that_is_done_until_all_are()
    {
        var id = lab.Start(CampaignLab.Contact with { AtOnce = 5 });
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 7, Open = 5 }));
        Assert.That(lab.Contacted, Is.EqualTo(Enumerable.Range(1, 5).Select(CampaignLab.Mac)));
        await lab.EndAsync(id, 2);
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 5, Open = 5, Succeeded = 2 }));
        await lab.EndAsync(id);
        await lab.EndAsync(id);
        Assert.That((await lab.GetAsync(id)).State, Is.EqualTo(CampaignState.Done));
        Assert.That((await lab.GetAsync(id)).History.Select(line => line.Text),
            Is.EqualTo(new[] { "created by anna", "started for 12 phones by anna", "all phones are done" }));
        Assert.That(lab.Queue.List(), Has.Count.EqualTo(12));
    }

    [Test]
    public async Task The_phones_are_those_of_the_filter_when_it_starts()
    {
        lab.AddPhones(2, "OpenStage 60", from: 20);
        var draft = lab.Book.Create(CampaignLab.Contact with { Filter = new CampaignFilter { Model = "openstage 60" } }, "").Campaign;
        lab.AddPhones(1, "OpenStage 60", from: 30);
        lab.Book.Start(draft.Id, "");
        lab.AddPhones(1, "OpenStage 60", from: 40);
        Assert.That((await lab.CountsAsync(draft.Id)).Total, Is.EqualTo(3));
        Assert.That(lab.Book.Phones(draft.Id, null, 0, 10).Phones.Select(phone => (phone.Position, phone.Mac)),
            Is.EqualTo(new[] { (1, CampaignLab.Mac(20)), (2, CampaignLab.Mac(21)), (3, CampaignLab.Mac(30)) }));
    }

    [Test]
    public async Task A_rate_is_kept_by_the_clock()
    {
        var id = lab.Start(CampaignLab.Contact with { Rate = 6 });
        for (var released = 1; released <= 5; released++)
        {
            Assert.That((await lab.CountsAsync(id)).Open, Is.EqualTo(released));
            await lab.PassAsync(TimeSpan.FromSeconds(9.9));
            Assert.That((await lab.CountsAsync(id)).Open, Is.EqualTo(released));
            await lab.PassAsync(TimeSpan.FromSeconds(0.1));
        }
    }

    [Test]
    public async Task A_window_is_waited_for_and_what_is_open_when_it_closes_goes_on()
    {
        // It is 08:00.
        var id = lab.Start(CampaignLab.Contact with { AtOnce = 5, Window = new NewCampaignWindow("22:00", "23:00", "UTC") });
        await lab.PassAsync(TimeSpan.FromHours(13.9));
        Assert.That(lab.Open(id), Is.Empty);
        await lab.PassAsync(TimeSpan.FromHours(0.1));
        Assert.That(lab.Open(id), Has.Count.EqualTo(5));
        await lab.PassAsync(TimeSpan.FromHours(1));
        await lab.EndAsync(id, 2);
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 7, Open = 3, Succeeded = 2 }));
        await lab.PassAsync(TimeSpan.FromHours(23));
        Assert.That((await lab.CountsAsync(id)).Open, Is.EqualTo(5));
    }

    [Test]
    public async Task A_pause_releases_no_more_and_a_resume_goes_on()
    {
        var id = lab.Start(CampaignLab.Contact with { AtOnce = 5 });
        await lab.IdleAsync();
        lab.Book.Pause(id, "bert");
        await lab.EndAsync(id, 3);
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 7, Open = 2, Succeeded = 3 }));
        lab.Book.Resume(id, "bert");
        Assert.That((await lab.CountsAsync(id)).Open, Is.EqualTo(5));
        Assert.That((await lab.GetAsync(id)).History.Select(line => line.Text), Does.Contain("paused by bert").And.Contain("resumed by bert"));
    }

    [Test]
    public async Task A_stop_cancels_what_no_phone_works_at_also_when_that_comes_back_later()
    {
        var id = lab.Start(CampaignLab.Contact with { AtOnce = 5 });
        await lab.IdleAsync();
        var jobs = lab.Open(id);
        lab.Set(jobs[0], JobState.Running);
        lab.Set(jobs[1], JobState.WaitingForStartUp);
        lab.Set(jobs[2], JobState.WaitingForIdle);
        lab.Set(jobs[3], JobState.Contacting);
        lab.Book.Stop(id, "bert");
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 7, Open = 2, Cancelled = 3 }));
        Assert.That(() => lab.Book.Delete(id), Throws.TypeOf<RequestException>().With.Message.Contains("with open jobs"));
        // The phone hung up: the job would be tried again.
        lab.Set(lab.Queue.Get(jobs[0].Id)!, JobState.Pending);
        await lab.EndAsync(id);
        var stopped = await lab.GetAsync(id);
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 7, Succeeded = 1, Cancelled = 4 }));
        Assert.That(lab.Queue.Get(jobs[0].Id)!.History[^1].Text, Is.EqualTo("cancelled: campaign Wake all was stopped"));
        Assert.That((stopped.State, stopped.Reason), Is.EqualTo((CampaignState.Stopped, "stopped by hand by bert")));
        lab.Book.Delete(id);
        Assert.That(lab.Queue.List(), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Too_many_failures_stop_it()
    {
        var id = lab.Start(CampaignLab.Contact with { AtOnce = 4, StopAfterFailurePercent = 50, MinimumSample = 4 });
        await lab.EndAsync(id, 2);
        await lab.EndAsync(id, 1, JobState.Failed);
        Assert.That((await lab.GetAsync(id)).State, Is.EqualTo(CampaignState.Running));
        await lab.EndAsync(id, 1, JobState.Expired);
        var stopped = await lab.GetAsync(id);
        Assert.That((stopped.State, stopped.Reason), Is.EqualTo((CampaignState.Stopped, "2 of 4 phones failed, the limit is 50 %")));
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 5, Succeeded = 2, Failed = 1, Expired = 1, Cancelled = 3 }));
    }

    [Test]
    public async Task A_restart_goes_on_where_it_was_at_every_point()
    {
        var id = lab.Start(CampaignLab.Contact with { AtOnce = 5, Rate = 60 });
        await lab.IdleAsync();
        await lab.StopAsync();
        foreach (var job in lab.Open(id))
            lab.Set(job, JobState.Succeeded);
        lab.Clock.Advance(TimeSpan.FromMinutes(5));
        lab.Run();
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 10, Open = 1, Succeeded = 1 }));
        await lab.StopAsync();
        lab.Book.Stop(id, "");
        lab.Run();
        Assert.That(await lab.CountsAsync(id), Is.EqualTo(new CampaignCounts { Total = 12, Waiting = 10, Cancelled = 1, Succeeded = 1 }));
        Assert.That((await lab.GetAsync(id)).Withdrawing, Is.False);
    }

    [Test]
    public async Task Progress_tells_speed_and_end_without_pauses_and_closed_hours()
    {
        var id = lab.Start(CampaignLab.Contact with { AtOnce = 6, Window = new NewCampaignWindow("08:00", "08:10", "UTC") });
        await lab.PassAsync(TimeSpan.FromMinutes(2));
        await lab.EndAsync(id, 3);
        var progress = lab.Book.Get(id).Progress;
        Assert.That((progress.Percent, progress.PhonesPerMinute), Is.EqualTo((25.0, 1.5)));
        // Nine are left, six minutes' work; eight minutes of the window are.
        Assert.That(progress.EstimatedEnd, Is.EqualTo(lab.Clock.GetUtcNow().AddMinutes(6)));
        lab.Book.Pause(id, "");
        await lab.PassAsync(TimeSpan.FromMinutes(4));
        Assert.That(lab.Book.Get(id).Progress, Has.Property("PhonesPerMinute").EqualTo(1.5).And.Property("EstimatedEnd").Null);
        lab.Book.Resume(id, "");
        // Four minutes today and two tomorrow.
        Assert.That(lab.Book.Get(id).Progress.EstimatedEnd, Is.EqualTo(lab.Clock.GetUtcNow().AddMinutes(4 + 24 * 60 - 10 + 2)));
        await lab.PassAsync(TimeSpan.FromHours(12));
        Assert.That(lab.Book.Get(id).Progress.PhonesPerMinute, Is.EqualTo(0.5));
    }

    [Test]
    public async Task Two_campaigns_do_not_get_in_each_others_way()
    {
        var first = lab.Start(CampaignLab.Contact with { AtOnce = 2 });
        var second = lab.Start(CampaignLab.Contact with { AtOnce = 3 });
        Assert.That((await lab.CountsAsync(first)).Open, Is.EqualTo(2));
        Assert.That((await lab.CountsAsync(second)).Open, Is.EqualTo(3));
        await lab.EndAsync(first);
        Assert.That((await lab.CountsAsync(first)).Succeeded, Is.EqualTo(2));
        Assert.That((await lab.CountsAsync(second)).Succeeded, Is.Zero);
    }
}
