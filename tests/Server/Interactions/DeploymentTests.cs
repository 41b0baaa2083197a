using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>Files and firmware (WPI guide p.52-57).</summary>
public sealed class DeploymentTests
{
    private static readonly DeploymentFile Ring = new() { Name = "ring.mp3", Type = "RINGTONE", Url = "https://10.1.2.9/ring.mp3" };
    private static readonly DeploymentFile Logo = new() { Name = "logo.png", Type = "LOGO", File = 7 };
    private static readonly DeploymentFile Old = new() { Name = "old.wav", Type = "RINGTONE", Action = FileAction.Delete };
    private static readonly DeploymentFile Image = new() { Name = "os40.img", Type = "APP", Url = "https://10.1.2.9/os40.img" };

    [Test]
    public void A_single_file_is_named_by_its_whole_address_and_without_index()
    {
        var phone = With(Ring);
        var answer = phone.Solicited();
        Assert.That(answer.Action, Is.EqualTo(ServerAction.FileDeployment));
        Assert.That(Text(answer), Is.EqualTo("file-https-base-url=https://10.1.2.9/ring.mp3, file-type=RINGTONE"));
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForStatus));
    }

    [Test]
    public void Several_files_are_indexed_and_have_actions_and_a_file_of_the_server_s_own_gets_its_link()
    {
        var phone = With(Ring, Logo, Old);
        Assert.That(Text(phone.Solicited()), Is.EqualTo(
            "file-action[1]=deploy, file-https-base-url[1]=https://10.1.2.9/ring.mp3, file-type[1]=RINGTONE, "
            + "file-action[2]=deploy, file-https-base-url[2]=link 1/1, file-type[2]=LOGO, "
            + "file-action[3]=delete, file-name[3]=old.wav, file-type[3]=RINGTONE"));
    }

    [Test]
    public void A_file_to_be_deleted_is_indexed_even_when_it_is_alone() =>
        Assert.That(Text(With(Old).Solicited()), Is.EqualTo("file-action[1]=delete, file-name[1]=old.wav, file-type[1]=RINGTONE"));

    [Test]
    public void A_file_on_an_FTP_server_is_named_by_its_parts()
    {
        var phone = With(Ring with { Url = null, Ftp = new FtpLocation("10.1.2.8", 2121, "rings/", "anna", "hunter2") });
        Assert.That(Text(phone.Solicited()), Is.EqualTo(
            "file-server=10.1.2.8, file-port=2121, file-path=rings/, file-username=anna, file-pwd=hunter2, file-name=ring.mp3, file-type=RINGTONE"));
    }

    [TestCase("ok", JobState.Succeeded)]
    [TestCase("OK", JobState.Succeeded)]
    [TestCase("failed", JobState.Failed)]
    public void The_status_of_a_single_file_ends_the_job(string status, JobState state)
    {
        var phone = With(Ring);
        phone.Solicited();
        Assert.That(phone.Send(Status(phone, ("ring.mp3", "RINGTONE", status, null))).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(state));
    }

    [Test]
    public void Several_files_may_be_reported_one_after_another()
    {
        var phone = With(Ring, Logo);
        phone.Solicited();
        phone.Send(Status(phone, ("ring.mp3", "RINGTONE", "ok", 1)));
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForStatus));
        Assert.That(phone[1].Deadline, Is.Not.Null, "a report that never comes must be noticed");
        phone.Send(Status(phone, ("logo.png", "LOGO", "failed", 2)));
        Assert.That(phone[1].State, Is.EqualTo(JobState.PartlyFailed));
        Assert.That(phone[1].Results.Select(result => $"{result.Name} {result.Status}"), Is.EqualTo(new[] { "ring.mp3 ", "logo.png failed" }));
    }

    [Test]
    public void A_status_of_another_file_or_a_second_one_changes_nothing_and_is_observed()
    {
        var phone = With(Ring, Logo);
        phone.Solicited();
        phone.Send(Status(phone, ("other.mp3", "RINGTONE", "ok", null)));
        phone.Send(Status(phone, ("ring.mp3", "LOGO", "ok", null)));
        Assert.That(phone[1].Results, Is.Empty);
        phone.Send(Status(phone, ("ring.mp3", "RINGTONE", "ok", 1)));
        phone.Send(Status(phone, ("ring.mp3", "RINGTONE", "failed", 1)));
        Assert.That(phone[1].Results.Single().Failed, Is.False);
        Assert.That(phone.Observations.Select(seen => seen.Code), Is.EqualTo(Enumerable.Repeat("status-of-no-deployment", 3)));
    }

    [Test]
    public void After_the_status_the_next_job_is_done_in_the_same_interaction()
    {
        var phone = With(Ring);
        phone.Add(JobKind.WriteItems, new Item("e164", "4711"));
        phone.Solicited();
        Assert.That(phone[2].State, Is.EqualTo(JobState.Pending), "the phone hangs up to load");
        Assert.That(phone.Send(Status(phone, ("ring.mp3", "RINGTONE", "ok", null))).Action, Is.EqualTo(ServerAction.WriteItems));
    }

    [Test]
    public void A_phone_that_did_not_report_is_asked_which_files_it_has()
    {
        var phone = With(Ring, Logo, Old);
        phone.Put(phone[1] with { IsUnreported = true });
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.ReadAllItems));
        phone.Reply(ServerAction.ReadAllItems, ReplyStatus.Accepted,
            [.. Report("ring.mp3", "RINGTONE", "ok", 1), .. Report("old.wav", "RINGTONE", "ok", 2)]);
        Assert.That(phone[1].State, Is.EqualTo(JobState.PartlyFailed));
        Assert.That(phone[1].Results.Select(result => $"{result.Name} {result.Status}"),
            Is.EqualTo(new[] { "ring.mp3 ", "logo.png not there", "old.wav still there" }));
    }

    [Test]
    public void What_was_reported_before_is_not_asked_again()
    {
        var phone = With(Ring, Logo);
        phone.Put(phone[1] with { IsUnreported = true, Results = [new JobItemResult("ring.mp3", 1, "failed", "RINGTONE")] });
        phone.Solicited();
        phone.Reply(ServerAction.ReadAllItems, ReplyStatus.Accepted, [.. Report("ring.mp3", "RINGTONE", "ok", 1), .. Report("logo.png", "LOGO", "ok", 2)]);
        Assert.That(phone[1].Results.Select(result => $"{result.Name} {result.Status}"), Is.EqualTo(new[] { "ring.mp3 failed", "logo.png " }));
    }

    [TestCase(ReplyStatus.Failed, JobState.Failed)]
    [TestCase(ReplyStatus.Busy, JobState.WaitingForIdle)]
    public void A_deployment_that_is_refused_by_a_reply_is_not_waited_for(ReplyStatus status, JobState state)
    {
        var phone = With(Ring);
        phone.Solicited();
        phone.Reply(ServerAction.FileDeployment, status);
        Assert.That(phone[1].State, Is.EqualTo(state));
    }

    [Test]
    public void Firmware_is_sent_with_its_dotted_version_and_succeeds_when_the_phone_starts_with_it()
    {
        var phone = Software(whenIdle: true);
        var answer = phone.Solicited();
        Assert.That(answer.Action, Is.EqualTo(ServerAction.SoftwareDeployment));
        Assert.That(Text(answer), Is.EqualTo(
            "file-https-base-url=https://10.1.2.9/os40.img, file-type=APP, file-sw-type=Siemens SIP, file-sw-version=3.5.12.0, file-priority=normal"));
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForStartUp));
        phone.Firmware = "V3 R5.12.0";
        Assert.That(phone.StartUp(changed: false).Action, Is.EqualTo(ServerAction.ReadAllItems), "another firmware has other items");
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public void Firmware_has_failed_when_the_phone_starts_with_another()
    {
        var phone = Software();
        phone.Solicited();
        phone.StartUp();
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
        Assert.That(phone[1].History[^1].Text, Is.EqualTo("the phone started with V3 R3.24.0, not V3 R5.12.0"));
    }

    [Test]
    public void Firmware_has_failed_when_the_phone_reports_so_without_a_restart()
    {
        var phone = Software();
        phone.Solicited();
        phone.Send(Status(phone, ("os40.img", "APP", "failed", null)));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
    }

    [Test]
    public void A_phone_that_has_the_firmware_already_is_not_sent_it()
    {
        var phone = Software(firmware: "V3 R5.12.0");
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public void The_same_image_is_not_sent_again_within_15_minutes()
    {
        var phone = Software();
        phone.Solicited();
        phone.StartUp();
        phone.Reply(ServerAction.ReadAllItems);
        AddSoftware(phone, whenIdle: false);
        phone.Now += TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1);
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[2].State, Is.EqualTo(JobState.Pending));
        phone.Now = phone[2].NotBefore;
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.SoftwareDeployment));
    }

    [Test]
    public void A_phone_in_a_call_takes_firmware_later_and_the_server_remembers()
    {
        var phone = Software(whenIdle: true);
        phone.Solicited();
        var answer = phone.Reply(ServerAction.SoftwareDeployment, ReplyStatus.Busy);
        Assert.That(answer.Value("send-solicited"), Is.EqualTo("true"));
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForIdle));
        Assert.That(phone.Observations, Is.Empty, "busy is what the guide expects here (p.56)");
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.SoftwareDeployment), "the image was not taken, so it may be sent again");
    }

    private static PhoneTalk With(params DeploymentFile[] files)
    {
        var phone = new PhoneTalk();
        phone.Put(phone.Add(JobKind.FileDeployment) with { Files = files });
        return phone;
    }

    private static PhoneTalk Software(bool whenIdle = false, string firmware = "V3 R3.24.0")
    {
        var phone = new PhoneTalk(firmware);
        AddSoftware(phone, whenIdle);
        return phone;
    }

    private static void AddSoftware(PhoneTalk phone, bool whenIdle) => phone.Put(phone.Add(JobKind.SoftwareDeployment) with
    {
        Files = [Image],
        Software = new SoftwareImage("V3 R5.12.0", "Siemens SIP", whenIdle),
    });

    private static WorkpointMessage Status(PhoneTalk phone, params (string Name, string Type, string Status, int? Index)[] files) =>
        phone.Initiating(ContactReason.Status, changed: false, [.. files.SelectMany(file => Report(file.Name, file.Type, file.Status, file.Index))]);

    private static IEnumerable<Item> Report(string name, string type, string status, int? index) =>
    [
        new("file-deployment-date", "05:01:2026", index), new("file-deployment-time", "08:00:00", index),
        new("file-deployment-name", name, index), new("file-deployment-type", type, index), new("file-deployment-status", status, index),
    ];

    private static string Text(DlsMessage message) => string.Join(", ", message.Items!.Select(item => $"{item.Key}={item.Value}"));
}
