using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class CallTests
{
    private static readonly Item SendSolicited = new("send-solicited", "true");
    private static readonly Item Setting = new("sntp-addr", "ntp.example.net");

    [Test]
    public void Several_send_solicited_make_one_call()
    {
        var phone = Idle().Happens(new PhoneEvent.CallStarted());
        phone.IsContacted().Gets(ServerAction.WriteItems, Setting);
        Assert.That((phone.Status, phone.HasItemList), Is.EqualTo(("busy", false)));
        phone.Gets(ServerAction.CleanUp, SendSolicited);
        phone.After(TimeSpan.FromSeconds(301)).IsContacted().Gets(ServerAction.CleanUp, SendSolicited);

        Assert.That(phone.Happens(new PhoneEvent.CallEnded()).Reason, Is.EqualTo("solicited"));
        Assert.That(phone.Gets(ServerAction.CleanUp).Posts, Is.Empty);
    }

    [Test]
    public void Firmware_before_V3R3_ignores_send_solicited()
    {
        var phone = Idle("V3 R1.41.1").Happens(new PhoneEvent.CallStarted()).IsContacted();
        phone.Gets(ServerAction.CleanUp, SendSolicited);
        Assert.That(phone.Happens(new PhoneEvent.CallEnded()).Posts, Is.Empty);
    }

    [Test]
    public void The_flag_outlives_a_call_back_that_cannot_be_delivered_but_no_restart()
    {
        var phone = Idle().Happens(new PhoneEvent.CallStarted()).IsContacted().Gets(ServerAction.CleanUp, SendSolicited);
        phone.Happens(new PhoneEvent.CallEnded());
        for (var attempt = 0; attempt <= Phone.RetryPauses.Count; attempt++)
            phone.Happens(new PhoneEvent.Undelivered("refused"));
        Assert.That(phone.Phone.SendSolicited);

        phone.Happens(new PhoneEvent.Restart());
        Assert.That(phone.Phone.SendSolicited, Is.False);
        Assert.That(phone.Fires(PhoneTimer.Boot).Reason, Is.EqualTo("start-up"));
    }

    [Test]
    public void Within_the_contact_gap_contact_me_is_acknowledged_and_ignored()
    {
        var phone = Idle().IsContacted().Gets(ServerAction.CleanUp);
        phone.After(TimeSpan.FromSeconds(299)).IsContacted();
        Assert.That(phone.Effects.OfType<PhoneEffect.AnswerContactMe>().Single().Status, Is.EqualTo(204));
        Assert.That(phone.Posts, Is.Empty);
        Assert.That(phone.After(TimeSpan.FromSeconds(1)).IsContacted().Reason, Is.EqualTo("solicited"));
    }

    [Test]
    public void The_address_in_a_contact_me_is_called_once()
    {
        var phone = Idle().IsContacted("127.0.0.9", 4711);
        Assert.That(phone.Posts[0].Server, Is.EqualTo(new Uri("https://127.0.0.9:4711/DeploymentService/LoginService")));
        phone.Gets(ServerAction.CleanUp).After(TimeSpan.FromMinutes(6)).IsContacted();
        Assert.That(phone.Posts[0].Server.Port, Is.EqualTo(18443));
    }

    [Test]
    public void A_contact_me_during_an_interaction_is_honoured_after_it()
    {
        var phone = new Driven().IsContacted();
        Assert.That(phone.Posts, Is.Empty);
        Assert.That(phone.Gets(ServerAction.CleanUp).Reason, Is.EqualTo("solicited"));
    }

    [Test]
    public void A_lost_message_is_tried_again_and_then_given_up()
    {
        var phone = new Driven();
        var sent = phone.Posts[0].Body.ToArray();
        foreach (var pause in Phone.RetryPauses)
        {
            phone.Happens(new PhoneEvent.Undelivered("refused"));
            Assert.That(phone.Effects.OfType<PhoneEffect.StartTimer>().Single(), Is.EqualTo(new PhoneEffect.StartTimer(PhoneTimer.Retry, pause)));
            Assert.That(phone.Fires(PhoneTimer.Retry).Posts[0].Body.ToArray(), Is.EqualTo(sent));
        }

        phone.Happens(new PhoneEvent.Undelivered("refused"));
        Assert.That(phone.Effects.OfType<PhoneEffect.StartTimer>().Single().Timer, Is.EqualTo(PhoneTimer.Register));
        Assert.That(phone.Fires(PhoneTimer.Register).Reason, Is.EqualTo("start-up"));
    }

    private static Driven Idle(string firmware = "V3 R3.24.0") => new Driven(firmware).Gets(ServerAction.CleanUp);
}
