using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Storage;

/// <summary>Polls (WPI guide p.24) of a phone whose jobs came in at another node.</summary>
public sealed class SharedPollTests
{
    [Test]
    public async Task Any_node_answers_a_poll_and_serves_the_phone_that_calls_for_it()
    {
        using var keys = new TemporaryFolder();
        var connection = PostgresServer.NewDatabase();
        ServerOptions Shared(ServerOptions options) => options with { Database = connection, KeyFile = Path.Combine(keys.Path, "server.key"), PollPort = 0 };
        await using var one = await RunningServer.StartAsync(Shared);
        await using var other = await RunningServer.StartAsync(Shared);
        using var phone = new TestPhone(one.Server.PhoneUrl) { ContactMeUri = "http://127.0.0.1:1/contact_dls.html/ContactDLS" };
        await phone.RegisterAsync();
        var job = await one.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] });
        await one.Server.WhenIdleAsync(RunningServer.Patience());

        Assert.That(await PollAsync(other), Is.EqualTo(202));
        Assert.That(one.Server.Devices.Get(PhoneTalk.Mac)!.LastPoll, Is.EqualTo(other.Clock.GetUtcNow()));
        using var there = new TestPhone(other.Server.PhoneUrl);
        Assert.That((await there.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        await there.ReplyAsync("ReadItems", "accepted", """<Item name="e164">42</Item>""");
        Assert.That(await PollAsync(one), Is.EqualTo(200));
        Assert.That(one.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
    }

    private static async Task<int> PollAsync(RunningServer node) =>
        RawHttp.Status(await RawHttp.GetAsync(node.Server.PollUrl!, $"/dcmp/contact-me?device-id={PhoneTalk.Mac}"));
}
