using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.Tests.Sessions;

/// <summary>What a case changes is set back, and whoever cannot be set back is named.</summary>
[TestFixture]
public sealed class RestoreTests
{
    private const string Mac = "00:1A:E8:76:00:01";
    private static int addresses;
    private string folder = "";
    private ForeignPhone foreign = null!;
    private string address = "";

    [SetUp]
    public async Task Make()
    {
        folder = Directory.CreateTempSubdirectory("openstage-restore-test-").FullName;
        address = $"127.76.0.{Interlocked.Increment(ref addresses)}";
        foreign = await ForeignPhone.StartAsync(address, Mac);
    }

    [TearDown]
    public async Task Delete()
    {
        await foreign.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_setting_that_a_case_wrote_is_as_before_and_has_been_read_to_prove_it()
    {
        await using var session = await StartAsync();
        var phone = session.Phone("p");
        Assert.That(phone.Unusable, Is.Null);
        var before = await ValueAsync("sntp-addr");

        await WriteAsync(phone, new Item("sntp-addr", "case.example.net"));
        Assert.That(await ValueAsync("sntp-addr"), Is.EqualTo("case.example.net"));
        session.BeginCase();
        Assert.That(await phone.RestoreAsync("wpi/1/1"), Is.Empty);

        Assert.That(await ValueAsync("sntp-addr"), Is.EqualTo(before));
        var asked = phone.Exchanges.Select(exchange => ExchangeEntry.From(exchange).ResponseLabel).ToList();
        Assert.That(asked, Is.EqualTo(new[] { "204", "WriteItems", "ReadItems", "CleanUp" }));
    }

    [Test]
    public async Task A_setting_that_the_phone_does_not_take_back_is_named()
    {
        await using var session = await StartAsync();
        var phone = session.Phone("p");
        await WriteAsync(phone, new Item("sntp-addr", "case.example.net"));
        await foreign.Phone.SetQuirksAsync(["write-not-stored"]);

        var left = (await phone.RestoreAsync("wpi/1/1")).Single();

        Assert.That((left.PhoneId, left.CaseId, left.Item), Is.EqualTo(("p", "wpi/1/1", "sntp-addr")));
        Assert.That(left.Reason, Does.StartWith("it was written back, and reading it tells another value"));
        Assert.That(await phone.RestoreAsync("wpi/1/2"), Is.Empty, "told once");
    }

    [Test]
    public async Task A_phone_that_cannot_be_asked_is_named_with_everything_that_was_changed()
    {
        await using var session = await StartAsync();
        var phone = session.Phone("p");
        await WriteAsync(phone, new Item("sntp-addr", "case.example.net"), new Item("time-format", "1"));
        await foreign.Phone.PowerOffAsync();

        var left = await phone.RestoreAsync("wpi/1/1");

        Assert.That(left.Select(entry => entry.Item), Is.EqualTo(new[] { "sntp-addr", "time-format" }));
        Assert.That(left[0].Reason, Does.StartWith("the phone could not be asked: "));
    }

    [Test]
    public async Task What_a_killed_run_left_is_set_back_by_the_next_one()
    {
        var before = await ValueAsync("sntp-addr");
        await using (var killed = await StartAsync())
            await WriteAsync(killed.Phone("p"), new Item("sntp-addr", "case.example.net"));
        Assert.That(await ValueAsync("dls-contact-interval"), Is.EqualTo("5"), "the gap of the run that was killed");

        await using var next = await StartAsync();

        Assert.That(next.Phone("p").Unusable, Is.Null);
        Assert.That(await ValueAsync("sntp-addr"), Is.EqualTo(before));
        Assert.That(next.Notices, Has.Some.Contains("The run before was ended before it could set back p: sntp-addr, dls-contact-interval. It is done now."));
        Assert.That(await next.Phone("p").ReleaseAsync(), Is.Empty);
        Assert.That(await ValueAsync("dls-contact-interval"), Is.EqualTo("300"));
        Assert.That(Directory.GetFiles(folder, "*.restore.json"), Is.Empty);
    }

    private async Task<string> ValueAsync(string name) => (await foreign.Phone.GetItemsAsync()).Find(name)?.Value ?? "";

    private static async Task WriteAsync(PhoneUnderTest phone, params Item[] items)
    {
        using var talk = await phone.SolicitAsync();
        await talk.AskAsync(ServerAction.WriteItems, items);
        await talk.EndAsync();
    }

    private Task<LabSession> StartAsync() => LabSession.StartAsync(
        new LabFile
        {
            File = "lab.json",
            // Every five minutes the phone looks for its own service, for a minute each time.
            Patience = TimeSpan.FromSeconds(90),
            Phones = [new LabPhone { Id = "p", Kind = PhoneKind.Physical, Mac = Mac, Model = "OpenStage 40", Address = address, Owner = "test", Consent = Consent.All }],
        },
        foreign.World(folder));
}
