using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;
using OpenStage.Server.Telemetry;
using OpenStage.Server.Tests.Files;

namespace OpenStage.Server.Tests.Telemetry;

/// <summary>What the server counts.</summary>
public sealed class MetricsTests
{
    [Test]
    public async Task A_job_from_contact_me_to_its_end_is_counted_at_each_place()
    {
        await using var lab = await RunningServer.StartAsync();
        using var recorder = new MeterRecorder(lab.Server.Metrics.Meter);
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.WriteItems, Items = [new Item("dhcp", "true")] });
        await listener.NextAsync();
        await lab.PassAsync(TimeSpan.Zero);
        Assert.That(recorder.Gauge("openstage.jobs.open"), Is.EqualTo(1));
        await phone.SolicitedAsync();
        Assert.That(recorder.Gauge("openstage.interactions.open"), Is.EqualTo(1));
        await phone.ReplyAsync("WriteItems");

        Assert.That(recorder["openstage.interactions.opened reason=start-up"], Is.EqualTo(1));
        Assert.That(recorder["openstage.interactions.opened reason=solicited"], Is.EqualTo(1));
        Assert.That(recorder["openstage.interactions.ended by=done"], Is.EqualTo(2));
        Assert.That(recorder["openstage.messages reason=start-up action=ReadAllItems status=200"], Is.EqualTo(1));
        Assert.That(recorder["openstage.messages reason=solicited action=WriteItems status=200"], Is.EqualTo(1));
        Assert.That(recorder["openstage.messages reason=reply-to action=CleanUp status=200"], Is.EqualTo(2));
        Assert.That(recorder["openstage.message.duration reason=reply-to"], Is.EqualTo(2));
        Assert.That(recorder["openstage.contact_me result=acknowledged"], Is.EqualTo(1));
        Assert.That(recorder["openstage.jobs.ended kind=WriteItems state=Succeeded"], Is.EqualTo(1));
        Assert.That(recorder.Gauge("openstage.jobs.open"), Is.Zero);
        Assert.That(recorder.Gauge("openstage.interactions.open"), Is.Zero);
        Assert.That(recorder.Gauge("openstage.devices"), Is.EqualTo(1));
        Assert.That(recorder.Keys, Has.None.Contains(PhoneTalk.Mac), "there are too many phones for that");
    }

    [Test]
    public async Task Each_way_an_interaction_ends_is_counted_once()
    {
        await using var lab = await RunningServer.StartAsync();
        using var recorder = new MeterRecorder(lab.Server.Metrics.Meter);
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.StartUpAsync(true);
        await phone.StartUpAsync(true);
        Assert.That(recorder["openstage.interactions.ended by=began-anew"], Is.EqualTo(1));
        await lab.PassAsync(TimeSpan.FromMinutes(2));
        Assert.That(recorder["openstage.interactions.ended by=silent"], Is.EqualTo(1));
        await phone.StartUpAsync(true);
        await phone.SendAsync(phone.Initiating("clean-up", false));
        Assert.That(recorder["openstage.interactions.ended by=phone-clean-up"], Is.EqualTo(1));
        await phone.StartUpAsync(true);
        await phone.PostAsync("<no message"u8.ToArray());
        Assert.That(recorder["openstage.interactions.ended by=malformed"], Is.EqualTo(1));
        Assert.That(recorder["openstage.interactions.opened reason=start-up"], Is.EqualTo(4));
        Assert.That(recorder["openstage.interactions.ended by=done"], Is.Zero);
    }

    [Test]
    public async Task A_repeated_message_opens_and_ends_nothing_again()
    {
        await using var lab = await RunningServer.StartAsync();
        using var recorder = new MeterRecorder(lab.Server.Metrics.Meter);
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        var start = phone.Initiating("start-up", true);
        await phone.SendAsync(start);
        await phone.SendAsync(start);
        var reply = phone.Reply("ReadAllItems", items: """<Item name="e164">42</Item>""");
        await phone.SendAsync(reply);
        await phone.SendAsync(reply);
        Assert.That(recorder["openstage.interactions.opened reason=start-up"], Is.EqualTo(1));
        Assert.That(recorder["openstage.interactions.ended by=done"], Is.EqualTo(1));
    }

    [Test]
    public async Task Requests_that_are_no_messages_are_counted_by_their_status()
    {
        await using var lab = await RunningServer.StartAsync();
        using var recorder = new MeterRecorder(lab.Server.Metrics.Meter);
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.PostAsync([], "/elsewhere");
        Assert.That(recorder["openstage.messages reason= action= status=404"], Is.EqualTo(1));
    }

    [TestCase(null, "no-answer")]
    [TestCase(204, "acknowledged")]
    [TestCase(500, "refused")]
    public void A_contact_me_is_counted_by_its_result(int? status, string result)
    {
        using var metrics = new ServerMetrics();
        using var recorder = new MeterRecorder(metrics.Meter);
        metrics.ContactMe(status);
        Assert.That(recorder[$"openstage.contact_me result={result}"], Is.EqualTo(1));
    }

    [Test]
    public async Task What_phones_fetch_from_the_file_area_is_counted()
    {
        await using var files = await FileLab.StartAsync();
        var job = await files.DeployAsync(await files.AddAsync(FileBytes.Of(1000), "logo.png"));
        using var recorder = new MeterRecorder(files.Server.Metrics.Meter);
        await RawTls.SendAsync(files.Server.PhoneUrl, "GET", files.PathOf(job));
        await RawTls.SendAsync(files.Server.PhoneUrl, "GET", files.PathOf(job) + "x");
        await files.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(recorder["openstage.downloads result=done"], Is.EqualTo(1));
        Assert.That(recorder["openstage.downloads result=refused"], Is.EqualTo(1));
        Assert.That(recorder["openstage.downloads.bytes"], Is.EqualTo(1000));
    }

    [Test]
    public void Downloads_are_counted_with_their_bytes()
    {
        using var metrics = new ServerMetrics();
        using var recorder = new MeterRecorder(metrics.Meter);
        metrics.Download("done", 1000);
        metrics.Download("broken-off", 24);
        Assert.That(recorder["openstage.downloads result=done"], Is.EqualTo(1));
        Assert.That(recorder["openstage.downloads result=broken-off"], Is.EqualTo(1));
        Assert.That(recorder["openstage.downloads.bytes"], Is.EqualTo(1024));
    }

    [Test]
    public void A_store_that_does_not_answer_gives_no_number()
    {
        using var folder = new TemporaryFolder();
        using var metrics = new ServerMetrics();
        using var recorder = new MeterRecorder(metrics.Meter);
        using var database = Database.Open(folder.Path);
        metrics.Watch(database);
        Assert.That(recorder.Gauge("openstage.devices"), Is.Zero);
        using (var connection = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(folder.Path)};Pooling=False"))
            connection.Execute("DROP TABLE devices");
        Assert.That(recorder.Gauge("openstage.devices"), Is.Null);
    }
}
