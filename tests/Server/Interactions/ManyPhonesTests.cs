using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>Interactions side by side: what belongs to one phone never reaches another (WPI guide p.13, p.28).</summary>
public sealed class ManyPhonesTests
{
    private const string OtherMac = "00:1A:E8:00:00:02";

    private RunningServer lab = null!;
    private TestPhone one = null!;
    private TestPhone two = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        one = new TestPhone(lab.Server.PhoneUrl);
        two = new TestPhone(lab.Server.PhoneUrl, OtherMac);
        await one.RegisterAsync();
        await two.RegisterAsync();
    }

    [TearDown]
    public async Task End()
    {
        one.Dispose();
        two.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task Two_phones_with_interleaved_messages_each_get_their_own_items()
    {
        var first = await WriteAsync(PhoneTalk.Mac, "first");
        var second = await WriteAsync(OtherMac, "second");
        Assert.That((await one.SolicitedAsync()).Value("e164"), Is.EqualTo("first"));
        Assert.That((await two.SolicitedAsync()).Value("e164"), Is.EqualTo("second"));
        Assert.That((await one.ReplyAsync("WriteItems", "accepted", """<Item name="e164" status="read only"></Item>""")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(lab.Server.Jobs.Get(second)!.State, Is.EqualTo(JobState.Running));
        Assert.That((await two.ReplyAsync("WriteItems")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(lab.Server.Jobs.Get(first)!.State, Is.EqualTo(JobState.Failed));
        Assert.That(lab.Server.Jobs.Get(second)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That(await ValueAsync(OtherMac, "e164"), Is.EqualTo("second"));
        Assert.That(await ValueAsync(PhoneTalk.Mac, "e164"), Is.EqualTo("498912345"));
    }

    [Test]
    public async Task Twenty_phones_at_the_same_time_each_get_their_own_items()
    {
        var talks = Enumerable.Range(10, 20).Select(async number =>
        {
            var mac = $"00:1A:E8:00:00:{number}";
            using var phone = new TestPhone(lab.Server.PhoneUrl, mac);
            await phone.RegisterAsync();
            var job = await WriteAsync(mac, $"value {number}");
            Assert.That((await phone.SolicitedAsync()).Value("e164"), Is.EqualTo($"value {number}"));
            await phone.ReplyAsync("WriteItems");
            return lab.Server.Jobs.Get(job)!.State;
        });
        Assert.That(await Task.WhenAll(talks), Is.All.EqualTo(JobState.Succeeded));
        Assert.That(lab.Server.Observations.All.Where(seen => seen.Observation.Code.StartsWith("reply", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Of_two_interactions_that_a_phone_opens_the_later_one_counts()
    {
        var job = await WriteAsync(PhoneTalk.Mac, "new");
        await one.SolicitedAsync();
        var old = one.Cookie;
        Assert.That((await one.SolicitedAsync()).Value("e164"), Is.EqualTo("new"));
        var current = one.Cookie;
        Assert.That(current, Is.Not.EqualTo(old));

        one.Cookie = old;
        Assert.That((await one.ReplyAsync("WriteItems")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(lab.Server.Jobs.Get(job)!.State, Is.EqualTo(JobState.Running), "a reply in the old one does nothing");
        Assert.That(await ValueAsync(PhoneTalk.Mac, "e164"), Is.EqualTo("498912345"));

        one.Cookie = current;
        await one.ReplyAsync("WriteItems");
        Assert.That(lab.Server.Jobs.Get(job)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That(lab.Server.Jobs.Get(job)!.Results, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Of_two_interactions_opened_at_the_same_moment_exactly_one_lives()
    {
        var job = await WriteAsync(PhoneTalk.Mac, "new");
        using var same = new TestPhone(lab.Server.PhoneUrl);
        // Another nonce than the other's, or it would be a repetition.
        same.Reply("");
        same.Reply("");
        same.Reply("");
        same.Reply("");
        await Task.WhenAll(one.SolicitedAsync(), same.SolicitedAsync());
        Assert.That(one.Cookie, Is.Not.EqualTo(same.Cookie));

        await one.ReplyAsync("WriteItems");
        await same.ReplyAsync("WriteItems");
        var done = lab.Server.Jobs.Get(job)!;
        Assert.That(done.State, Is.EqualTo(JobState.Succeeded));
        Assert.That(done.Results, Has.Count.EqualTo(1));
        Assert.That(done.Attempts, Is.EqualTo(1), "the earlier one was broken off");
        Assert.That(Codes(), Has.Exactly(1).EqualTo("reply-without-session"));
    }

    [Test]
    public async Task A_reply_that_tells_its_own_address_and_then_another_is_of_another_phone()
    {
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadAllItems });
        await one.SolicitedAsync();
        await one.ReplyAsync("ReadAllItems", "accepted",
            $"""<Item name="mac-addr">{PhoneTalk.Mac}</Item><Item name="mac-addr">{OtherMac}</Item><Item name="dhcp">stolen</Item>""");
        Assert.That(Codes(), Does.Contain("reply-foreign-session"));
        Assert.That((await lab.Server.Devices.ItemsAsync(PhoneTalk.Mac)).Select(item => item.Value), Does.Not.Contain("stolen"));
    }

    [Test]
    public async Task All_items_that_one_phone_told_before_are_those_of_no_other()
    {
        var told = string.Concat(Enumerable.Range(1, 100).Select(number => $"""<Item name="key-label" index="{number}">Room {number}</Item>"""))
            + $"""<Item name="mac-addr">{PhoneTalk.Mac}</Item>""";
        foreach (var at in new[] { "first", "again" })
        {
            await one.StartUpAsync(changed: true);
            Assert.That((await one.ReplyAsync("ReadAllItems", "accepted", told)).Action, Is.EqualTo(ServerAction.CleanUp), at);
        }

        Assert.That(await ValueAsync(PhoneTalk.Mac, "mac-addr"), Is.EqualTo(PhoneTalk.Mac));
        await two.StartUpAsync(changed: true);
        await two.ReplyAsync("ReadAllItems", "accepted", told);
        Assert.That(Codes(), Does.Contain("reply-foreign-session"));
        Assert.That((await lab.Server.Devices.ItemsAsync(OtherMac)).Select(item => item.Name), Does.Not.Contain("key-label"));
    }

    [Test]
    public async Task A_job_that_reads_all_items_counts_them_though_they_were_told_before()
    {
        var told = string.Concat(Enumerable.Range(1, 100).Select(number => $"""<Item name="key-label" index="{number}">Room {number}</Item>"""));
        await one.RegisterAsync(told);
        for (var time = 0; time < 2; time++)
        {
            var job = await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadAllItems });
            await one.SolicitedAsync();
            await one.ReplyAsync("ReadAllItems", "accepted", told);
            Assert.That(lab.Server.Jobs.Get(job.Id)!.History.Select(line => line.Text), Does.Contain("100 items read"));
        }
    }

    [Test]
    public async Task A_reply_with_the_cookie_of_another_phone_is_ended_and_nothing_is_written()
    {
        var job = await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadAllItems });
        Assert.That((await one.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadAllItems));
        var own = two.Cookie;
        two.Cookie = one.Cookie;
        var answer = await two.ReplyAsync("ReadAllItems", "accepted", $"""<Item name="mac-addr">{OtherMac}</Item><Item name="dhcp">stolen</Item>""");
        Assert.That(answer.Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(Codes(), Does.Contain("reply-foreign-session"));
        foreach (var mac in new[] { PhoneTalk.Mac, OtherMac })
            Assert.That((await lab.Server.Devices.ItemsAsync(mac)).Select(item => item.Value), Does.Not.Contain("stolen"));
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Running), "the phone whose cookie it is goes on");

        await one.ReplyAsync("ReadAllItems", "accepted", $"""<Item name="mac-addr">{PhoneTalk.Mac}</Item><Item name="dhcp">true</Item>""");
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That(await ValueAsync(PhoneTalk.Mac, "dhcp"), Is.EqualTo("true"));
        Assert.That(two.Cookie, Is.Not.EqualTo(own));
    }

    [Test]
    public async Task A_refused_mac_address_in_a_reply_is_a_refused_item_and_no_other_phone()
    {
        var job = await lab.Server.Jobs.CreateAsync(new JobRequest
        {
            Mac = PhoneTalk.Mac,
            Kind = JobKind.WriteItems,
            Items = [new Item("mac-addr", OtherMac), new Item("dhcp", "true")],
        });
        await one.SolicitedAsync();
        await one.ReplyAsync("WriteItems", "accepted", $"""<Item name="mac-addr" status="read only">{OtherMac}</Item>""");
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.PartlyFailed));
    }

    private async Task<long> WriteAsync(string mac, string value) => (await lab.Server.Jobs.CreateAsync(
        new JobRequest { Mac = mac, Kind = JobKind.WriteItems, Items = [new Item("e164", value)] })).Id;

    private async Task<string?> ValueAsync(string mac, string name) =>
        (await lab.Server.Devices.ItemsAsync(mac)).FirstOrDefault(item => item.Name == name)?.Value;

    private IEnumerable<string> Codes() => lab.Server.Observations.All.Select(seen => seen.Observation.Code);
}
