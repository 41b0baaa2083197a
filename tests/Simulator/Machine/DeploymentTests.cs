using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Machine.Deployment;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class DeploymentTests
{
    private static readonly Item[] Logo =
    [
        new("file-server", "127.0.0.1"), new("file-port", "2121"), new("file-path", "/logos/"), new("file-username", "phone"),
        new("file-pwd", "secret"), new("file-name", "site.bmp"), new("file-type", "LOGO"),
    ];

    private static readonly Item[] Image =
    [
        new("file-https-base-url", "https://127.0.0.1/fw/OS40_SIP_V3_R5_20_0.img"), new("file-type", "APP"), new("file-sw-type", "Siemens SIP"),
        new("file-sw-version", "3.5.20.0"), new("file-priority", "normal"),
    ];

    [Test]
    public void A_file_is_fetched_without_a_reply_and_its_status_sent_as_a_new_contact()
    {
        var phone = Idle().IsContacted();
        phone.Gets(ServerAction.FileDeployment, Logo);
        Assert.That(phone.Posts, Is.Empty);
        var download = phone.Effects.OfType<PhoneEffect.Download>().Single();
        Assert.That(download.File.Source!.ToString(), Is.EqualTo("ftp://127.0.0.1:2121/logos/site.bmp"));
        Assert.That((download.File.Username, download.File.Password), Is.EqualTo(("phone", "secret")));

        phone.Happens(new PhoneEvent.Downloaded(download.Number, new DownloadResult(1000, default, "")));

        Assert.That(phone.Reason, Is.EqualTo("status"));
        Assert.That(phone.Item("file-deployment-name")!.Value, Is.EqualTo("site.bmp"));
        Assert.That(phone.Item("file-deployment-type")!.Value, Is.EqualTo("LOGO"));
        Assert.That(phone.Item("file-deployment-status")!.Value, Is.EqualTo("ok"));
        Assert.That(phone.Item("file-deployment-date")!.Value, Does.Match(@"^\d\d:\d\d:\d{4}$"));
        Assert.That(phone.Item("file-deployment-time")!.Value, Does.Match(@"^\d\d:\d\d:\d\d$"));
        Assert.That(phone.Item("mac-addr"), Is.Not.Null);
        Assert.That(phone.Fragment, Is.Null);
    }

    [Test]
    public void Stored_files_are_listed_in_ReadAllItems_outlive_a_restart_and_go_with_a_factory_reset()
    {
        var phone = Idle();
        Deploy(phone, Logo, 1000);
        phone.Gets(ServerAction.CleanUp).Happens(new PhoneEvent.Restart()).Fires(PhoneTimer.Boot);
        phone.Gets(ServerAction.ReadAllItems);
        Assert.That((string?)phone.Item("file-deployment-name")!.Attribute("index"), Is.EqualTo("1"));

        phone.Gets(ServerAction.Restart, new Item("restart-type", "FactoryReset"), new Item("restart-password", "124816")).Fires(PhoneTimer.Boot);
        phone.Gets(ServerAction.ReadAllItems);
        Assert.That(phone.Item("file-deployment-name"), Is.Null);
    }

    [TestCase("site.exe", "LOGO", 1000, "extension 'exe'")]
    [TestCase("site.bmp", "PICTURE", 1000, "type 'PICTURE'")]
    [TestCase("site.bmp", "LOGO", 400_000, "400000 bytes")]
    [TestCase("site.bmp", "LOGO", 0, "0 bytes")]
    public void A_file_that_the_model_does_not_take_is_reported_failed(string name, string type, int bytes, string fault)
    {
        var phone = Idle();
        Deploy(phone, [.. Logo.Where(item => item.Name is not ("file-name" or "file-type")), new("file-name", name), new("file-type", type)], bytes);
        Assert.That(phone.Item("file-deployment-status")!.Value, Is.EqualTo("failed"));
        Assert.That(phone.Effects.OfType<PhoneEffect.Observe>().Select(effect => effect.Observation.Actual), Has.One.Contains(fault));
        phone.Gets(ServerAction.ReadAllItems);
        Assert.That(phone.Item("file-deployment-name"), Is.Null);
    }

    [Test]
    public void A_download_that_breaks_off_is_reported_failed()
    {
        var phone = Idle().IsContacted().Gets(ServerAction.FileDeployment, Logo);
        phone.Happens(new PhoneEvent.Downloaded(1, DownloadResult.Failed("the connection broke")));
        Assert.That((phone.Reason, phone.Item("file-deployment-status")!.Value), Is.EqualTo(("status", "failed")));
    }

    [Test]
    public void Several_files_are_fetched_one_after_the_other_and_deleted_and_reported_together()
    {
        var phone = Idle();
        Deploy(phone, Logo, 1000);
        phone.Gets(ServerAction.CleanUp);
        phone.After(TimeSpan.FromHours(1)).IsContacted().Gets(
            ServerAction.FileDeployment,
            new Item("file-name", "a.wav", 1), new Item("file-type", "RINGTONE", 1), new Item("file-https-base-url", "https://127.0.0.1/a.wav", 1), new Item("file-action", "deploy", 1),
            new Item("file-name", "site.bmp", 2), new Item("file-type", "LOGO", 2), new Item("file-action", "delete", 2),
            new Item("file-name", "b.wav", 3), new Item("file-type", "MOH", 3), new Item("file-https-base-url", "https://127.0.0.1/b.wav", 3), new Item("file-action", "deploy", 3),
            new Item("file-name", "none.bmp", 4), new Item("file-type", "LOGO", 4), new Item("file-action", "delete", 4));
        Assert.That(phone.Effects.OfType<PhoneEffect.Download>().Single().File.Name, Is.EqualTo("a.wav"));
        phone.Happens(new PhoneEvent.Downloaded(2, new DownloadResult(10, default, "")));
        Assert.That(phone.Effects.OfType<PhoneEffect.Download>().Single().File.Name, Is.EqualTo("b.wav"));
        phone.Happens(new PhoneEvent.Downloaded(3, new DownloadResult(10, default, "")));

        Assert.That(phone.Items.Where(item => (string?)item.Attribute("name") == "file-deployment-status").Select(item => ((string?)item.Attribute("index"), item.Value)),
            Is.EqualTo(new[] { ("1", "ok"), ("2", "ok"), ("3", "ok"), ("4", "failed") }));
        phone.Gets(ServerAction.ReadAllItems);
        Assert.That(phone.Items.Where(item => (string?)item.Attribute("name") == "file-deployment-name").Select(item => item.Value), Is.EqualTo(new[] { "a.wav", "b.wav" }));
    }

    [Test]
    public void New_firmware_is_loaded_and_reported_by_start_up_after_the_restart()
    {
        var phone = Idle().IsContacted().Gets(ServerAction.SoftwareDeployment, Image);
        Assert.That(phone.Posts, Is.Empty);
        phone.Happens(new PhoneEvent.Downloaded(1, new DownloadResult(1000, default, "")));
        Assert.That(phone.Posts, Is.Empty);
        phone.Fires(PhoneTimer.Boot);
        Assert.That((phone.Reason, phone.Item("software-version")!.Value), Is.EqualTo(("start-up", "V3 R5.20.0")));
    }

    [Test]
    public void New_firmware_brings_its_capabilities()
    {
        var phone = new Driven(firmware: "V2 R2.30.0").Gets(ServerAction.CleanUp);
        Install(phone, "OpenStage firmware; OpenStage 40; V3 R3.24.0\n", "3.3.24.0");
        phone.Fires(PhoneTimer.Boot);
        phone.Happens(new PhoneEvent.CallStarted()).Gets(ServerAction.CleanUp, new Item("send-solicited", "true"));
        Assert.That(phone.Phone.SendSolicited);
    }

    [TestCase("OpenStage firmware; OpenStage 60; V3 R5.20.0\n", "3.5.20.0", "the image is for OpenStage 60")]
    [TestCase("OpenStage firmware; OpenStage 40; V3 R5.19.0\n", "3.5.20.0", "the image is V3 R5.19.0, not V3 R5.20.0")]
    [TestCase("", "3.5.20.0", "the image is empty")]
    public void A_wrong_image_is_reported_failed_and_the_old_firmware_stays(string start, string version, string fault)
    {
        var phone = Idle();
        Install(phone, start, version);
        Assert.That((phone.Reason, phone.Item("file-deployment-status")!.Value), Is.EqualTo(("status", "failed")));
        Assert.That(phone.Item("software-version")!.Value, Is.EqualTo("V3 R3.24.0"));
        Assert.That(phone.Effects.OfType<PhoneEffect.Observe>().Select(effect => effect.Observation.Actual), Has.One.EqualTo(fault));
    }

    [TestCase("normal", true)]
    [TestCase("0", true)]
    [TestCase("immediate", false)]
    [TestCase("1", false)]
    [TestCase(null, false)]
    public void In_a_call_firmware_is_refused_as_busy_unless_it_is_immediate(string? priority, bool refused)
    {
        var phone = Idle().Happens(new PhoneEvent.CallStarted()).IsContacted();
        phone.Gets(ServerAction.SoftwareDeployment, [.. Image.Where(item => item.Name != "file-priority"), .. priority is null ? Array.Empty<Item>() : [new Item("file-priority", priority)]]);
        Assert.That(phone.Status, Is.EqualTo(refused ? "busy" : null));
        Assert.That(phone.Effects.OfType<PhoneEffect.Download>().Any(), Is.EqualTo(!refused));
        Assert.That(phone.HasItemList, Is.False);
    }

    [Test]
    public void A_deployment_without_a_file_is_answered_failed()
    {
        var phone = Idle().IsContacted().Gets(ServerAction.FileDeployment);
        Assert.That(phone.Status, Is.EqualTo("failed"));
    }

    [Test]
    public void A_download_that_ends_after_a_restart_is_forgotten()
    {
        var phone = Idle().IsContacted().Gets(ServerAction.FileDeployment, Logo).Happens(new PhoneEvent.Restart()).Fires(PhoneTimer.Boot);
        phone.Gets(ServerAction.CleanUp).Happens(new PhoneEvent.Downloaded(1, new DownloadResult(10, default, "")));
        Assert.That(phone.Effects, Is.Empty);
    }

    [TestCase("status-never-sent", 0)]
    [TestCase("status-twice", 2)]
    public void Quirks_change_how_often_a_status_is_sent(string quirk, int expected)
    {
        var phone = new Driven(quirks: quirk).Gets(ServerAction.CleanUp);
        Deploy(phone, Logo, 10);
        var sent = 0;
        while (phone.Posts.Count > 0)
        {
            sent += phone.Reason == "status" ? 1 : 0;
            phone.Gets(ServerAction.CleanUp);
        }

        Assert.That(sent, Is.EqualTo(expected));
    }

    [Test]
    public void A_phone_that_keeps_its_firmware_starts_with_the_old_version()
    {
        var phone = new Driven(quirks: "firmware-unchanged").Gets(ServerAction.CleanUp);
        Install(phone, "OpenStage firmware; OpenStage 40; V3 R5.20.0\n", "3.5.20.0");
        phone.Fires(PhoneTimer.Boot);
        Assert.That((phone.Reason, phone.Item("software-version")!.Value), Is.EqualTo(("start-up", "V3 R3.24.0")));
    }

    private static Driven Idle() => new Driven().Gets(ServerAction.CleanUp);

    private static void Deploy(Driven phone, Item[] items, long bytes)
    {
        phone.IsContacted().Gets(ServerAction.FileDeployment, items);
        phone.Happens(new PhoneEvent.Downloaded(phone.Effects.OfType<PhoneEffect.Download>().Single().Number, new DownloadResult(bytes, default, "")));
    }

    private static void Install(Driven phone, string start, string version)
    {
        phone.IsContacted().Gets(ServerAction.SoftwareDeployment, new Item("file-https-base-url", "https://127.0.0.1/fw/opera_bind.img"), new Item("file-sw-version", version));
        phone.Happens(new PhoneEvent.Downloaded(1, new DownloadResult(start.Length, Encoding.ASCII.GetBytes(start), "")));
    }
}
