using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Conversations;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.ContactMe;

/// <summary>WPI guide p.14-15 and p.41, with the restraint that phones in the field need.</summary>
public sealed class ContactSchedulerTests
{
    private static readonly JobRequest Read = new() { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] };

    [Test]
    public async Task A_job_has_the_phone_contacted_and_is_done_when_it_calls()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        var job = await lab.Server.Jobs.CreateAsync(Read);
        var request = await listener.NextAsync();
        Assert.That(request, Does.StartWith("POST /contact_dls.html/ContactDLS HTTP/1.1\r\n").And.EndsWith("\r\n\r\nContactMe=true"));
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Contacting));
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        await phone.ReplyAsync("ReadItems", "accepted", """<Item name="e164">42</Item>""");
        var done = await lab.Server.Jobs.WaitForEndAsync(job.Id, RunningServer.Patience());
        Assert.That(done, Has.Property("State").EqualTo(JobState.Succeeded));
        Assert.That(done.Results.Single().Value, Is.EqualTo("42"));
        Assert.That(lab.Server.Observations.All, Is.Empty);
    }

    [Test]
    public async Task A_phone_that_does_not_call_is_contacted_again_after_growing_pauses()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        var job = await lab.Server.Jobs.CreateAsync(Read);
        await listener.NextAsync();
        foreach (var pause in new[] { 60, 120, 300, 900, 900 })
        {
            await lab.PassAsync(TimeSpan.FromSeconds(30));
            Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Pending));
            await lab.PassAsync(TimeSpan.FromSeconds(pause - 31));
            Assert.That(listener.Waiting, Is.Zero, $"before {pause} s");
            await lab.PassAsync(TimeSpan.FromSeconds(1));
            await listener.NextAsync();
        }
    }

    [Test]
    public async Task A_phone_that_fell_silent_before_it_had_told_all_its_items_is_asked_again()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        Assert.That((await phone.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
        await lab.PassAsync(TimeSpan.FromSeconds(60));
        await listener.NextAsync();
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadAllItems));
        Assert.That((await phone.ReplyAsync("ReadAllItems", "accepted", """<Item name="e164">42</Item>""")).Action, Is.EqualTo(ServerAction.CleanUp));
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        var job = lab.Server.Jobs.List().Single();
        Assert.That((job.Kind, job.State), Is.EqualTo((JobKind.ReadAllItems, JobState.Succeeded)));
        Assert.That(job.History.Select(line => line.Text), Does.Contain("the phone fell silent before it had told all its items"));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.ItemsRead, Is.Not.Null);
    }

    [Test]
    public async Task A_phone_that_never_tells_all_its_items_is_left_alone_after_three_attempts()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { ContactGap = TimeSpan.Zero });
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.StartUpAsync(true);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await lab.PassAsync(TimeSpan.FromSeconds(60));
            await listener.NextAsync();
            await lab.Server.WhenIdleAsync(RunningServer.Patience());
            Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadAllItems));
        }

        await lab.PassAsync(TimeSpan.FromMinutes(30));
        Assert.That(listener.Waiting, Is.Zero);
        Assert.That(lab.Server.Jobs.List().Single().State, Is.EqualTo(JobState.Failed));
    }

    [Test]
    public async Task The_contact_gap_of_the_phone_is_kept()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync("""<Item name="dls-contact-interval">200</Item>""");
        await phone.SolicitedAsync();
        await lab.Server.Jobs.CreateAsync(Read);
        await lab.PassAsync(TimeSpan.FromSeconds(199));
        Assert.That(listener.Waiting, Is.Zero);
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        await listener.NextAsync();
    }

    [Test]
    public async Task An_answer_other_than_204_is_observed_and_the_job_lives()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener { Answer = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n" };
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        var job = await lab.Server.Jobs.CreateAsync(Read);
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(lab.Server.Observations.All.Single().Observation, Has.Property("Code").EqualTo("contact-me-answer").And.Property("Actual").EqualTo("status 500"));
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Pending));
    }

    [Test]
    public async Task A_contact_address_of_another_host_gets_no_request()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener("127.0.0.2");
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(Read);
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(listener.Waiting, Is.Zero);
        Assert.That(lab.Server.Observations.All.Single().Observation.Code, Is.EqualTo("contact-me-uri"));
    }

    [Test]
    public async Task A_restarted_server_does_not_contact_again_within_a_minute()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(Read);
        await listener.NextAsync();
        await lab.RestartAsync();
        await lab.PassAsync(TimeSpan.FromSeconds(59));
        Assert.That(listener.Waiting, Is.Zero);
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        await listener.NextAsync();
    }

    [Test]
    public async Task An_interaction_without_messages_ends_and_its_job_is_pending_again()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { ContactGap = TimeSpan.FromHours(2) });
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync();
        var job = await lab.Server.Jobs.CreateAsync(Read with { NotBefore = lab.Clock.GetUtcNow() });
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        await phone.SolicitedAsync();
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Running));
        await lab.PassAsync(TimeSpan.FromSeconds(60));
        Assert.That(lab.Server.Jobs.Get(job.Id), Has.Property("State").EqualTo(JobState.Pending).And.Property("Attempts").EqualTo(1));
    }

    [Test]
    public async Task Jobs_expire_and_restarts_without_start_up_fail_when_the_clock_jumps()
    {
        await using var lab = await RunningServer.StartAsync();
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        var never = await lab.Server.Jobs.CreateAsync(Read with { Mac = "00:1A:E8:00:00:99" });
        await phone.RegisterAsync();
        var restart = await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.Restart });
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.Restart));
        await lab.PassAsync(TimeSpan.FromDays(8));
        Assert.That(lab.Server.Jobs.Get(never.Id)!.State, Is.EqualTo(JobState.Expired));
        Assert.That(lab.Server.Jobs.Get(restart.Id)!.State, Is.EqualTo(JobState.Failed));
    }

    [Test]
    public async Task A_phone_that_a_script_leads_is_not_contacted_until_it_is_given_back()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        var taken = lab.Server.Scripts.Take(PhoneTalk.Mac, new NoConversation());
        await lab.Server.Jobs.CreateAsync(Read);
        await lab.PassAsync(TimeSpan.FromHours(1));
        Assert.That(listener.Waiting, Is.Zero);
        taken.Dispose();
        await listener.NextAsync();
    }

    [Test]
    public async Task A_phone_that_calls_before_it_has_answered_the_contact_me_is_contacted_for_a_later_job()
    {
        await using var lab = await RunningServer.StartAsync();
        var answered = new TaskCompletionSource();
        using var listener = new ContactListener { Ready = answered.Task };
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(Read with { NotBefore = lab.Clock.GetUtcNow() + TimeSpan.FromSeconds(400) });
        var first = await lab.Server.Jobs.CreateAsync(Read);
        await listener.NextAsync();
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        Assert.That((await phone.ReplyAsync("ReadItems", "accepted", """<Item name="e164">42</Item>""")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(lab.Server.Jobs.Get(first.Id)!.State, Is.EqualTo(JobState.Succeeded));
        answered.SetResult();
        await lab.PassAsync(TimeSpan.FromSeconds(399));
        Assert.That(listener.Waiting, Is.Zero);
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        await listener.NextAsync();
    }

    [Test]
    public async Task A_phone_that_another_node_is_busy_with_keeps_no_other_waiting()
    {
        var connection = PostgresServer.NewDatabase();
        await using var lab = await RunningServer.StartAsync(options => options with { Database = connection });
        using var node = Database.Open(lab.Folder, connection);
        using var busy = new ContactListener();
        using var free = new ContactListener();
        using var one = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = busy.Uri };
        using var other = new TestPhone(lab.Server.PhoneUrl, "00:1A:E8:00:00:77") { ContactMeUri = free.Uri };
        await one.RegisterAsync();
        await other.RegisterAsync();
        var now = lab.Clock.GetUtcNow();
        await lab.Server.Jobs.CreateAsync(Read with { NotBefore = now + TimeSpan.FromSeconds(9) });
        await lab.Server.Jobs.CreateAsync(Read with { Mac = "00:1A:E8:00:00:77", NotBefore = now + TimeSpan.FromSeconds(10) });
        await lab.Server.WhenIdleAsync(RunningServer.Patience());

        using var over = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var holding = Task.Run(() => node.WriteAsync(PhoneTalk.Mac, _ =>
        {
            begun.SetResult();
            return over.Wait(Timeout.Infinite, RunningServer.Patience());
        }));
        await begun.Task;
        lab.Clock.Advance(TimeSpan.FromSeconds(10));
        await free.NextAsync();
        Assert.That(busy.Waiting, Is.Zero);
        over.Set();
        await holding;
        await busy.NextAsync();
    }

    private sealed class NoConversation : IConversation
    {
        public ValueTask<ScriptedAnswer> AnswerAsync(ScriptedRequest request, CancellationToken cancellation) =>
            throw new InvalidOperationException("The phone was not to call.");
    }
}
