using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>WPI guide p.46 and p.72-76.</summary>
public sealed class BusyFlowTests
{
    private static readonly Item Ntp = new("sntp-addr", "ntp.example.net");

    [Test]
    public void The_24_steps_of_three_jobs_go_as_pages_74_and_75_show()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.WriteItems, Ntp);
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.WriteItems), "step 4");
        AssertCleanUp(phone.Reply(ServerAction.WriteItems, ReplyStatus.Busy), sendSolicited: true, "step 6");
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForIdle));

        phone.Add(JobKind.Contact);
        AssertCleanUp(phone.Solicited(), sendSolicited: false, "step 10");
        Assert.That(phone[2].State, Is.EqualTo(JobState.Succeeded));

        phone.Add(JobKind.WriteItems, new Item("dhcp", "true"));
        Assert.That(phone.Solicited().Value("dhcp"), Is.EqualTo("true"), "step 14");
        AssertCleanUp(phone.Reply(ServerAction.WriteItems, ReplyStatus.Busy), sendSolicited: true, "step 16");

        Assert.That(phone.Solicited().Value("sntp-addr"), Is.EqualTo(Ntp.Value), "step 18: the first waiting job");
        AssertCleanUp(phone.Reply(ServerAction.WriteItems), sendSolicited: true, "step 20");
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
        Assert.That(phone[3].State, Is.EqualTo(JobState.WaitingForIdle));

        Assert.That(phone.Solicited().Value("dhcp"), Is.EqualTo("true"), "step 22");
        AssertCleanUp(phone.Reply(ServerAction.WriteItems), sendSolicited: false, "step 24");
        Assert.That(phone[3].State, Is.EqualTo(JobState.Succeeded));
        Assert.That(phone.Observations, Is.Empty);
    }

    [Test]
    public void A_phone_before_V3R3_gets_a_plain_CleanUp_and_is_asked_again_after_five_minutes()
    {
        var phone = new PhoneTalk("V2 R2.40.0");
        phone.Add(JobKind.WriteItems, Ntp);
        phone.Solicited();
        AssertCleanUp(phone.Reply(ServerAction.WriteItems, ReplyStatus.Busy), sendSolicited: false, "no send-solicited");
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForIdle));
        Assert.That(phone[1].NotBefore, Is.EqualTo(phone.Now + TimeSpan.FromMinutes(5)));
    }

    [Test]
    public void A_busy_phone_is_still_asked_for_items_and_other_writes_wait()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.WriteItems, Ntp);
        phone.Add(JobKind.WriteItems, new Item("dhcp", "true"));
        phone.Add(JobKind.ReadItems, new Item("e164"));
        phone.Solicited();
        Assert.That(phone.Reply(ServerAction.WriteItems, ReplyStatus.Busy).Action, Is.EqualTo(ServerAction.ReadItems));
        Assert.That(phone[2].State, Is.EqualTo(JobState.WaitingForIdle));
        AssertCleanUp(phone.Reply(ServerAction.ReadItems, ReplyStatus.Accepted, new Item("e164", "1")), sendSolicited: true, "busy before");
        Assert.That(phone[3].State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public void A_start_up_serves_all_jobs_that_wait_for_idle()
    {
        var phone = new PhoneTalk();
        phone.Add(JobState.WaitingForIdle, JobKind.WriteItems, Ntp);
        phone.Add(JobState.WaitingForIdle, JobKind.WriteItems, new Item("dhcp", "true"));
        Assert.That(phone.StartUp(changed: false).Value("sntp-addr"), Is.EqualTo(Ntp.Value));
        Assert.That(phone.Reply(ServerAction.WriteItems).Value("dhcp"), Is.EqualTo("true"));
        AssertCleanUp(phone.Reply(ServerAction.WriteItems), sendSolicited: false, "nothing left");
    }

    [Test]
    public void A_phone_that_is_busy_again_in_its_idle_call_is_not_asked_twice()
    {
        var phone = new PhoneTalk();
        phone.Add(JobState.WaitingForIdle, JobKind.WriteItems, Ntp);
        phone.Solicited();
        AssertCleanUp(phone.Reply(ServerAction.WriteItems, ReplyStatus.Busy), sendSolicited: true, "again");
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForIdle));
    }

    private static void AssertCleanUp(DlsMessage answer, bool sendSolicited, string step)
    {
        Assert.That(answer.Action, Is.EqualTo(ServerAction.CleanUp), step);
        Assert.That(answer.Value("send-solicited"), Is.EqualTo(sendSolicited ? "true" : null), step);
    }
}
