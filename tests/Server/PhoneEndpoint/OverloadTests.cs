using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.PhoneEndpoint;

/// <summary>A server with enough to do answers CleanUp with overload, and the phone comes back later (field).</summary>
public sealed class OverloadTests
{
    private const string OtherMac = "00:1A:E8:00:00:02";

    private RunningServer lab = null!;
    private TestPhone phone = null!;
    private TestPhone other = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync(options => options with { MaxInteractions = 1 });
        phone = new TestPhone(lab.Server.PhoneUrl);
        other = new TestPhone(lab.Server.PhoneUrl, OtherMac);
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        other.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task One_phone_more_than_the_limit_is_told_overload_and_served_when_another_is_done()
    {
        Assert.That((await phone.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
        AssertOverload(await other.StartUpAsync(true));
        Assert.That(lab.Server.Devices.Get(OtherMac), Is.Null, "nothing is kept");
        Assert.That(other.Cookie, Is.Null);

        Assert.That((await phone.ReplyAsync("ReadAllItems", "accepted", """<Item name="e164">1</Item>""")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That((await other.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
        await other.ReplyAsync("ReadAllItems", "accepted", """<Item name="e164">2</Item>""");
        Assert.That((await lab.Server.Devices.ItemsAsync(OtherMac)).Single(item => item.Name == "e164").Value, Is.EqualTo("2"));
    }

    [Test]
    public async Task The_answer_names_its_nonce_and_its_reason_to_the_byte()
    {
        await phone.StartUpAsync(true);
        var answer = Encoding.UTF8.GetString(await other.PostAsync(Encoding.UTF8.GetBytes(other.Initiating("solicited", false))));
        Assert.That(answer, Is.EqualTo("""
            <?xml version="1.0" encoding="UTF-8"?>
            <DLSMessage xmlns="http://www.siemens.com/DLS" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.siemens.com/DLS">
            <Message nonce="00000000000000000000000000000001">
            <Action>CleanUp</Action>
            <ItemList>
            <Item name="cleanup-reason">overload</Item>
            </ItemList>
            </Message>
            </DLSMessage>

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task What_is_open_goes_on_while_others_are_refused()
    {
        await phone.RegisterAsync();
        var job = await lab.Server.Jobs.CreateAsync(new JobRequest
        {
            Mac = PhoneTalk.Mac,
            Kind = JobKind.ReadItems,
            Items = [new Item("e164"), new Item("dhcp")],
        });
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        AssertOverload(await other.SolicitedAsync());
        await phone.ReplyAsync("ReadItems", "accepted", """<Item name="e164">1</Item><Item name="dhcp">true</Item>""");
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public async Task A_phone_that_begins_anew_is_served_in_its_own_place()
    {
        await phone.StartUpAsync(true);
        Assert.That((await phone.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
    }

    [Test]
    public async Task A_phone_that_fell_silent_makes_room_after_the_time_for_a_reply()
    {
        await phone.StartUpAsync(true);
        await lab.PassAsync(TimeSpan.FromSeconds(59));
        AssertOverload(await other.StartUpAsync(true));
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        Assert.That((await other.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
    }

    [Test]
    public async Task A_phone_that_ends_by_itself_or_sends_nonsense_makes_room()
    {
        await phone.StartUpAsync(true);
        await phone.SendAsync(phone.Initiating("clean-up", false));
        Assert.That((await other.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
        await other.SendAsync("nonsense");
        Assert.That((await phone.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
    }

    [Test]
    public async Task The_job_of_a_phone_that_was_told_overload_is_done_when_it_comes_back()
    {
        using var listener = new ContactListener();
        using var contacted = new TestPhone(lab.Server.PhoneUrl, OtherMac) { ContactMeUri = listener.Uri };
        await contacted.RegisterAsync();
        var job = await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = OtherMac, Kind = JobKind.ReadItems, Items = [new Item("e164")] });
        await listener.NextAsync();
        await phone.StartUpAsync(true);
        AssertOverload(await contacted.SolicitedAsync());
        Assert.That(lab.Server.Jobs.Get(job.Id), Has.Property("State").EqualTo(JobState.Contacting).And.Property("Attempts").Zero);
        await phone.ReplyAsync("ReadAllItems", "accepted", """<Item name="e164">1</Item>""");
        Assert.That((await contacted.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        await contacted.ReplyAsync("ReadItems", "accepted", """<Item name="e164">42</Item>""");
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
    }

    private static void AssertOverload(DlsMessage answer)
    {
        Assert.That(answer.Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(answer.Items!.Select(item => (item.Name, item.Value)), Is.EqualTo(new[] { ("cleanup-reason", "overload") }));
    }
}
