using System.Data.Common;
using Dapper;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Npgsql;
using NUnit.Framework;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Jobs;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>Steps in the store: of two nodes, broken off, repeated.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class CampaignStepsTests(bool postgres)
{
    private TemporaryFolder folder = null!;
    private string? connection;
    private CampaignLab lab = null!;

    [SetUp]
    public void Open()
    {
        folder = new TemporaryFolder();
        connection = postgres ? PostgresServer.NewDatabase() : null;
        lab = new CampaignLab(folder, connection);
    }

    [TearDown]
    public async Task Close()
    {
        await lab.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public void A_step_that_breaks_off_leaves_neither_a_job_nor_a_released_phone()
    {
        lab.AddPhones(3);
        var id = lab.Start(CampaignLab.Contact);
        BreakOff(id, 3);
        Assert.That(lab.Queue.List(), Is.Empty);
        Assert.That(lab.Book.Get(id).Progress.Counts.Waiting, Is.EqualTo(3));
        Step(lab, id);
        Assert.That(lab.Queue.List().Select(job => job.Mac), Is.EquivalentTo(new[] { CampaignLab.Mac(1), CampaignLab.Mac(2), CampaignLab.Mac(3) }));
    }

    [Test]
    public async Task Two_nodes_that_step_at_the_same_time_release_each_phone_once()
    {
        lab.AddPhones(120);
        var id = lab.Start(CampaignLab.Contact with { AtOnce = 100 });
        await using var other = new CampaignLab(folder, connection, lab.Clock);
        using var ready = new Barrier(2);
        await Task.WhenAll(new[] { lab, other }.Select(node => Task.Run(() =>
        {
            ready.SignalAndWait(RunningServer.Patience());
            for (var count = 0; count < 5; count++)
                Step(node, id);
        })));
        AssertOneJobEach(id, 100);
        Assert.That(lab.Book.Get(id).Progress.Counts, Is.EqualTo(new CampaignCounts { Total = 120, Waiting = 20, Open = 100 }));
    }

    [Test]
    public void Whatever_happens_each_phone_gets_one_job_and_no_more_are_open_than_allowed()
    {
        var number = 0;
        Cases.ForAll(Gen.ArrayOf(Gen.Choose(0, 5), 25), acts =>
        {
            lab.AddPhones(12, location: $"L{++number}", from: number * 16);
            var id = lab.Start(CampaignLab.Contact with { AtOnce = 4, Filter = new CampaignFilter { Location = $"L{number}" } });
            foreach (var act in acts)
            {
                Act(act, id);
                Assert.That(lab.Open(id), Has.Count.LessThanOrEqualTo(4));
            }

            if (lab.Book.Get(id).Campaign.State == CampaignState.Paused)
                lab.Book.Resume(id, "");
            for (var count = 0; count < 12 && lab.Book.Get(id).Campaign.State == CampaignState.Running; count++)
            {
                Step(lab, id);
                Act(5, id);
            }

            Step(lab, id);
            Assert.That(lab.Book.Get(id).Campaign.State, Is.EqualTo(CampaignState.Done));
            AssertOneJobEach(id, 12);
        }, 12);
    }

    [Test]
    public void A_job_that_was_removed_counts_as_cancelled_and_is_not_made_again()
    {
        lab.AddPhones(2);
        var id = lab.Start(CampaignLab.Contact);
        Step(lab, id);
        Remove(lab.Queue.List()[0].Id);
        Assert.That(lab.Book.Get(id).Progress.Counts, Is.EqualTo(new CampaignCounts { Total = 2, Open = 1, Cancelled = 1 }));
        var phone = lab.Book.Phones(id, CampaignPhoneState.Cancelled, 0, 10).Phones.Single();
        Assert.That(phone.Why, Is.EqualTo("its job was removed"));
        Step(lab, id);
        Assert.That(lab.Queue.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Each_phone_gets_its_own_merge_and_one_with_a_problem_fails_with_the_reason()
    {
        lab.AddPhones(1, "OpenStage 40");
        lab.AddPhones(1, "OpenStage 60", from: 2);
        lab.Templates.Create(new NewItemTemplate { Name = "All", Level = "Site", Items = [new("display-id-unicode", "{{device.mac.compact}}")] });
        lab.Templates.Create(new NewItemTemplate { Name = "Sixties", Level = "Model", Match = "openstage 60", Items = [new("sip-user-id", "{{user.name}}")] });
        var id = lab.Start(CampaignLab.Contact with { Content = new NewCampaignContent { Kind = "WriteItems", Template = true } });
        Step(lab, id);
        var job = lab.Queue.List().Single();
        Assert.That(job.Mac, Is.EqualTo(CampaignLab.Mac(1)));
        Assert.That(job.Items.Single(), Has.Property("Name").EqualTo("display-id-unicode").And.Property("Value").EqualTo("001AE8000001"));
        Assert.That((job.Campaign, job.CreatedBy), Is.EqualTo((id, "anna")));
        var failed = lab.Book.Phones(id, CampaignPhoneState.Failed, 0, 10).Phones.Single();
        Assert.That(failed.Why, Is.EqualTo("sip-user-id of template Sixties: {{user.name}} has no value for this phone"));
        Assert.That(lab.Book.Get(id).Progress.Counts, Is.EqualTo(new CampaignCounts { Total = 2, Open = 1, Failed = 1 }));
    }

    [Test]
    public void A_user_known_to_the_resolver_fills_the_placeholders()
    {
        lab.AddPhones(1);
        lab.Resolver.UserOf = (_, mac) => new Dictionary<string, string> { ["name"] = $"User of {mac}" };
        lab.Templates.Create(new NewItemTemplate { Name = "All", Level = "Site", Items = [new("sip-user-id", "{{user.name}}")] });
        var id = lab.Start(CampaignLab.Contact with { Content = new NewCampaignContent { Kind = "WriteItems", TemplateName = "ALL" } });
        Step(lab, id);
        Assert.That(lab.Queue.List().Single().Items.Single().Value, Is.EqualTo("User of 00:1A:E8:00:00:01"));
    }

    [Test]
    public void A_template_or_a_phone_that_is_gone_fails_the_phones()
    {
        lab.AddPhones(1);
        var template = lab.Templates.Create(new NewItemTemplate { Name = "Short-lived", Level = "Site", Items = [new("sip-user-id", "x")] });
        var id = lab.Start(CampaignLab.Contact with { Content = new NewCampaignContent { Kind = "WriteItems", TemplateName = "Short-lived" } });
        lab.Templates.Delete(template.Id);
        Step(lab, id);
        Assert.That(lab.Book.Phones(id, null, 0, 10).Phones.Single().Why, Is.EqualTo("there is no template Short-lived any more"));
    }

    private void Act(int act, long id)
    {
        var state = lab.Book.Get(id).Campaign.State;
        switch (act)
        {
            case 0 or 1:
                Step(lab, id);
                break;
            case 2:
                // A node is killed before it could commit.
                BreakOff(id, null);
                break;
            case 3 when state == CampaignState.Running:
                lab.Book.Pause(id, "");
                break;
            case 4 when state == CampaignState.Paused:
                lab.Book.Resume(id, "");
                break;
            case 5:
                foreach (var job in lab.Open(id).Take(2))
                    lab.Set(job, JobState.Succeeded);
                break;
        }
    }

    private void BreakOff(long id, int? jobs) => Assert.That(() => lab.Database.Write<bool>(session =>
    {
        var step = lab.Steps.Take(session, id);
        Assert.That(step.Jobs, Has.Count.EqualTo(jobs ?? step.Jobs.Count));
        throw new IOException("the power goes");
    }), Throws.TypeOf<IOException>());

    private static void Step(CampaignLab node, long id) => node.Queue.Tell(node.Database.Write(session => node.Steps.Take(session, id)).Jobs);

    private void AssertOneJobEach(long id, int count)
    {
        var jobs = lab.Queue.List(new JobFilter { Campaign = id });
        Assert.That(jobs.Select(job => job.Mac).Distinct().Count(), Is.EqualTo(count));
        Assert.That(jobs, Has.Count.EqualTo(count));
        var phones = lab.Book.Phones(id, null, 0, 1000).Phones.Where(phone => phone.Job is not null);
        Assert.That(phones.Select(phone => (phone.Mac, phone.Job!.Value)), Is.EquivalentTo(jobs.Select(job => (job.Mac, job.Id))));
    }

    private void Remove(long job)
    {
        SQLitePCL.Batteries_V2.Init();
        using DbConnection store = connection is null
            ? new SqliteConnection($"Data Source={Path.Combine(folder.Path, "server.db")};Pooling=False")
            : new NpgsqlConnection(connection);
        Assert.That(store.Execute("DELETE FROM jobs WHERE id = @job", new { job }), Is.EqualTo(1));
    }
}
