using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>From Default to Secure Mode (WPI guide p.62-68).</summary>
public sealed class SecureModeTests
{
    private const string Mine = "A1B2";

    [Test]
    public void A_phone_without_PIN_is_in_Secure_Mode_once_it_calls_with_its_certificate()
    {
        var phone = With(tan: null);
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.WriteItems));
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForStartUp));
        Assert.That(phone.Device!.SecureMode, Is.Null);
        phone.ClientThumbprint = Mine;
        phone.StartUp(changed: false);
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
        Assert.That(phone.Device!.SecureMode!.Thumbprint, Is.EqualTo(Mine));
    }

    [Test]
    public void A_start_up_on_the_default_port_does_not_end_the_job()
    {
        var phone = With(tan: null);
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems);
        phone.StartUp(changed: false);
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForStartUp));
    }

    [Test]
    public void With_a_PIN_the_TAN_is_asked_before_anything_else_and_then_things_go_on()
    {
        var phone = With(tan: "789");
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems);
        phone.ClientThumbprint = Mine;
        var asked = phone.StartUp(changed: true);
        Assert.That((asked.Action, asked.Items!.Single().Name), Is.EqualTo((ServerAction.ReadItems, "bootstrapping-tan")));
        Assert.That(phone.Reply(ServerAction.ReadItems, ReplyStatus.Accepted, new Item("bootstrapping-tan", "789")).Action, Is.EqualTo(ServerAction.ReadAllItems));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
        Assert.That(phone.Device!.SecureMode, Is.Not.Null);
    }

    [TestCase("788")]
    [TestCase("")]
    [TestCase("0789")]
    public void A_wrong_TAN_ends_with_the_guide_s_words_and_without_Secure_Mode(string tan)
    {
        var phone = With(tan: "789");
        phone.Add(JobKind.WriteItems, new Item("user-pwd", "hunter2"));
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems);
        phone.ClientThumbprint = Mine;
        phone.StartUp();
        var answer = phone.Reply(ServerAction.ReadItems, ReplyStatus.Accepted, new Item("bootstrapping-tan", tan));
        Assert.That((answer.Action, answer.Value("cleanup-reason")), Is.EqualTo((ServerAction.CleanUp, "wrong TAN from device")));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
        Assert.That(phone.Device!.SecureMode, Is.Null);
        Assert.That(phone[2].State, Is.EqualTo(JobState.Pending), "nothing is written to a phone that is not known for sure");
    }

    [TestCase(ReplyStatus.Failed)]
    [TestCase(ReplyStatus.Busy)]
    public void A_phone_that_refuses_to_tell_its_TAN_gets_nothing_else(ReplyStatus status)
    {
        var phone = With(tan: "789");
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems);
        phone.ClientThumbprint = Mine;
        phone.StartUp();
        Assert.That(phone.Reply(ServerAction.ReadItems, status).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Device!.SecureMode, Is.Null);
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
    }

    [TestCase(ContactReason.Solicited)]
    [TestCase(ContactReason.LocalChanges)]
    [TestCase(ContactReason.StartUp)]
    public void A_certificate_that_is_not_this_phone_s_opens_nothing(ContactReason reason)
    {
        var phone = new PhoneTalk { ClientThumbprint = "FFFF" };
        phone.Add(JobKind.WriteItems, new Item("user-pwd", "hunter2"));
        Assert.That(phone.Send(phone.Initiating(reason, changed: true)).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Observations.Single().Code, Is.EqualTo("secure-port-certificate"));
    }

    [Test]
    public void Before_the_start_up_with_its_TAN_the_new_certificate_opens_nothing()
    {
        var phone = With(tan: "789");
        phone.Add(JobKind.WriteItems, new Item("user-pwd", "hunter2"));
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems);
        phone.ClientThumbprint = Mine;
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Observations.Single().Code, Is.EqualTo("secure-port-certificate"));
    }

    [Test]
    public void A_phone_that_refuses_an_item_stays_in_Default_Mode()
    {
        var phone = With(tan: null);
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems, ReplyStatus.Accepted, new Item("goto-secure-mode") { Status = ItemStatus.Failed });
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
    }

    [Test]
    public void A_busy_phone_is_bootstrapped_when_it_is_idle()
    {
        var phone = With(tan: null);
        phone.Solicited();
        Assert.That(phone.Reply(ServerAction.WriteItems, ReplyStatus.Busy).Value("send-solicited"), Is.EqualTo("true"));
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForIdle));
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.WriteItems));
    }

    [Test]
    public void A_phone_whose_PIN_was_wrong_too_often_fails_the_job_with_its_reason()
    {
        var phone = With(tan: "789");
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems);
        phone.SendCleanUp("password retries exceeded");
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
        Assert.That(phone[1].History[^1].Text, Does.Contain("password retries exceeded"));
    }

    [Test]
    public void A_phone_whose_reply_was_lost_is_let_in_with_the_certificate_it_was_given()
    {
        var phone = With(tan: null);
        phone.Solicited();
        phone.ClientThumbprint = Mine;
        phone.StartUp(changed: false);
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
        Assert.That(phone.Device!.SecureMode!.Thumbprint, Is.EqualTo(Mine));
        Assert.That(phone.Observations, Is.Empty);
    }

    [Test]
    public void A_phone_whose_reply_was_lost_is_asked_for_its_TAN_all_the_same()
    {
        var phone = With(tan: "789");
        phone.Solicited();
        phone.ClientThumbprint = Mine;
        Assert.That(phone.StartUp(changed: false).Action, Is.EqualTo(ServerAction.ReadItems));
        phone.SendCleanUp("password retries exceeded");
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
        Assert.That(phone.Device!.SecureMode, Is.Null);
    }

    [Test]
    public void A_factory_reset_brings_the_phone_back_to_Default_Mode()
    {
        var phone = Reset();
        Assert.That(phone.Device!.SecureMode!.MayReturn, Is.True, "it has its certificate until it is seen without");
        phone.ClientThumbprint = "";
        phone.StartUp();
        Assert.That(phone.Device!.SecureMode, Is.Null);
    }

    [TestCase(ReplyStatus.Failed)]
    [TestCase(ReplyStatus.Busy)]
    public void A_phone_that_refuses_a_factory_reset_stays_in_Secure_Mode(ReplyStatus status)
    {
        var phone = Reset();
        phone.Reply(ServerAction.Restart, status);
        Assert.That(phone.Device!.SecureMode, Is.EqualTo(new DeviceSecureMode(Mine, phone.Now)));
    }

    [Test]
    public void A_phone_that_only_restarted_stays_in_Secure_Mode()
    {
        var phone = Reset();
        phone.Send(phone.Initiating(ContactReason.LocalChanges, changed: true));
        Assert.That(phone.Device!.SecureMode!.MayReturn, Is.True, "it may still be on its way");
        phone.StartUp();
        Assert.That(phone.Device!.SecureMode, Is.EqualTo(new DeviceSecureMode(Mine, phone.Now)));
    }

    /// <summary>A phone in Secure Mode that was sent a factory reset.</summary>
    private static PhoneTalk Reset()
    {
        var phone = new PhoneTalk { ClientThumbprint = Mine };
        phone.Know(phone.Device! with { SecureMode = new DeviceSecureMode(Mine, phone.Now) });
        phone.Add(JobKind.Restart, new Item("restart-password", "124816"), new Item("restart-type", "FactoryReset"));
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.Restart));
        return phone;
    }

    private static PhoneTalk With(string? tan)
    {
        var phone = new PhoneTalk();
        phone.Put(phone.Add(JobKind.SecureMode, new Item("goto-secure-mode", tan is null ? "nopin" : "pin")) with { Bootstrapping = new Bootstrapping(Mine, tan) });
        return phone;
    }
}
