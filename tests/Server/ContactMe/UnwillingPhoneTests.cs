using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.ContactMe;

/// <summary>Phones that take a contact-me badly: the job lives, and no phone gets two within a minute (field).</summary>
public sealed class UnwillingPhoneTests
{
    private static readonly JobRequest Read = new() { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] };

    private RunningServer lab = null!;
    private ContactListener listener = null!;
    private TestPhone phone = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        listener = new ContactListener();
        phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        listener.Dispose();
        await lab.DisposeAsync();
    }

    [TestCase("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "status 500")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "status 200")]
    [TestCase("", "no answer")]
    [TestCase("HTTP/1.1 204", "the answer has no end of header")]
    [TestCase("what?\r\n\r\n", "the answer is not HTTP")]
    public async Task A_phone_that_answers_badly_or_closes_is_contacted_again_after_growing_pauses(string answer, string observed)
    {
        listener.Answer = answer;
        var job = await lab.Server.Jobs.CreateAsync(Read);
        for (var second = 0; second < 600; second += 5)
            await lab.PassAsync(TimeSpan.FromSeconds(5));
        Assert.That(Times(), Is.EqualTo(new[] { 0, 60, 180, 480 }));
        Assert.That(lab.Server.Observations.All.Select(seen => seen.Observation), Has.All.Property("Code").EqualTo("contact-me-answer")
            .And.All.Property("Actual").EqualTo(observed));
        Assert.That(lab.Server.Jobs.Get(job.Id), Has.Property("State").EqualTo(JobState.Pending).And.Property("Attempts").Zero);

        listener.Answer = ContactListener.NoContent;
        await lab.PassAsync(TimeSpan.FromMinutes(15));
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Contacting));
        await CallAsync();
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public async Task A_phone_that_never_answers_is_given_up_after_ten_seconds_and_contacted_again_after_a_minute()
    {
        listener.Answer = null;
        var job = await lab.Server.Jobs.CreateAsync(Read);
        await listener.NextAsync();
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Contacting));
        await GiveUpAsync();
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Pending));
        Assert.That(lab.Server.Observations.All.Single().Observation.Actual, Is.EqualTo("no complete answer within 10 s"));

        await lab.PassAsync(TimeSpan.FromSeconds(49));
        Assert.That(Times(), Is.EqualTo(new[] { 0 }));
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await listener.NextAsync();
        await GiveUpAsync();
        Assert.That(Times(), Is.EqualTo(new[] { 0, 60 }));

        listener.Answer = ContactListener.NoContent;
        await lab.PassAsync(TimeSpan.FromSeconds(110));
        Assert.That(Times(), Is.EqualTo(new[] { 0, 60, 180 }));
        await CallAsync();
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public async Task A_phone_that_refuses_the_connection_is_contacted_again_and_the_job_done_when_it_can_be_reached()
    {
        listener.Dispose();
        var job = await lab.Server.Jobs.CreateAsync(Read);
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(Contacts().Single(), Has.Property("Status").Null.And.Property("Error").Not.Empty);
        await lab.PassAsync(TimeSpan.FromSeconds(59));
        Assert.That(Contacts(), Has.Count.EqualTo(1));

        // The phone is up again and calls by itself before it is asked.
        await CallAsync();
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        await lab.PassAsync(TimeSpan.FromHours(1));
        Assert.That(Contacts(), Has.Count.EqualTo(1), "nothing is left to call it for");
    }

    [Test]
    public async Task Many_jobs_at_once_are_one_contact_me_and_stay_one_a_minute()
    {
        listener.Answer = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n";
        for (var number = 0; number < 10; number++)
        {
            await lab.Server.Jobs.CreateAsync(Read);
            await lab.PassAsync(TimeSpan.FromSeconds(5));
        }

        Assert.That(Contacts(), Has.Count.EqualTo(1));
        await lab.PassAsync(TimeSpan.FromSeconds(10));
        Assert.That(Times(), Is.EqualTo(new[] { 0, 60 }));
    }

    private async Task GiveUpAsync()
    {
        lab.Clock.Advance(TimeSpan.FromSeconds(10));
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
    }

    private async Task CallAsync()
    {
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        await phone.ReplyAsync("ReadItems", "accepted", """<Item name="e164">42</Item>""");
    }

    /// <summary>Seconds at which the phone was contacted.</summary>
    private IEnumerable<int> Times() => Contacts().Select(contact => (int)contact.Offset.TotalSeconds);

    private List<HttpExchange> Contacts() => [.. lab.Exchanges.All.Where(exchange => exchange.Kind == ExchangeKind.ContactMe)];
}
