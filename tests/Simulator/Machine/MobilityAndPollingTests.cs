using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class MobilityAndPollingTests
{
    [Test]
    public void A_logon_runs_through_all_its_steps()
    {
        var phone = Mobile();
        phone.Happens(new PhoneEvent.LogOn("4711", "1234"));
        Assert.That((phone.Reason, phone.Item("sip-mobility-state")!.Value, phone.Item("user-pwd")!.Value, phone.Item("e164")!.Value), Is.EqualTo(("inventory-changes", "2", "1234", "4711")));

        phone.Gets(ServerAction.WriteItems, new Item("sip-mobility-state", "0") { StatusText = "secure" }, new Item("display-id", "Anna"));
        Assert.That((phone.Reason, phone.Items.Count), Is.EqualTo(("reply-to", 0)));
        phone.Gets(ServerAction.CleanUp);
        Assert.That(phone.Reason, Is.EqualTo("start-up"));
        phone.Gets(ServerAction.CleanUp);
        Assert.That((phone.Reason, phone.Item("sip-mobility-state")!.Value), Is.EqualTo(("inventory-changes", "0")));
        Assert.That(phone.Item("requested-items")!.Value, Does.Contain("userdata-vu1"));
        phone.Gets(ServerAction.WriteItems, new Item("userdata-vu1", "QUJD", 1)).Gets(ServerAction.CleanUp);
        Assert.That((phone.Posts.Count, phone.Phone.MobileUser), Is.EqualTo((0, "4711")));
    }

    [Test]
    public void A_logon_that_the_service_does_not_confirm_is_refused()
    {
        var phone = Mobile().Happens(new PhoneEvent.LogOn("4711", "wrong")).Gets(ServerAction.CleanUp);
        Assert.That((phone.Posts.Count, phone.Phone.MobileUser, phone.Phone.Value("sip-mobility-state"), phone.Phone.Value("e164")), Is.EqualTo((0, "", "1", "100")));
    }

    [Test]
    public void A_logoff_gives_the_user_data_and_then_the_phone_is_its_own_again()
    {
        var phone = LoggedOn().Happens(new PhoneEvent.LogOff("1234"));
        Assert.That((phone.Reason, phone.Item("configuration-changed-flag")!.Value, phone.Item("modified-items")!.Value.Split(',')[0]), Is.EqualTo(("inventory-changes", "true", "userdata-vu1")));
        phone.Gets(ServerAction.ReadItems, new Item("userdata-vu1", "", 1));
        Assert.That(phone.Item("userdata-vu1")!.Value, Is.EqualTo("QUJD"));
        phone.Gets(ServerAction.CleanUp);
        Assert.That((phone.Reason, phone.Item("sip-mobility-state")!.Value, phone.Item("e164")!.Value), Is.EqualTo(("start-up", "1", "100")));
        phone.Gets(ServerAction.ReadItems, new Item("userdata-vu1", "", 1));
        Assert.That(phone.Item("userdata-vu1")!.Value, Is.Empty);
    }

    [Test]
    public void A_logoff_begun_while_another_contact_runs_waits_for_its_turn()
    {
        var phone = LoggedOn().After(TimeSpan.FromHours(1)).IsContacted().Happens(new PhoneEvent.LogOff("1234"));
        Assert.That(phone.Posts, Is.Empty);
        phone.Gets(ServerAction.CleanUp);
        Assert.That((phone.Reason, phone.Phone.MobileUser), Is.EqualTo(("inventory-changes", "4711")));
    }

    [Test]
    public void Overload_repeats_the_step()
    {
        var phone = Mobile().Happens(new PhoneEvent.LogOn("4711", "1234"));
        var first = phone.Posts[0];
        phone.Gets(ServerAction.CleanUp, new Item("cleanup-reason", "overload"));
        Assert.That(phone.Posts, Is.Empty);
        phone.Fires(PhoneTimer.Retry);
        Assert.That(phone.Posts[0], Is.EqualTo(first));
    }

    [Test]
    public void Nobody_logs_on_where_mobility_is_off()
    {
        var phone = new Driven().Gets(ServerAction.CleanUp).Happens(new PhoneEvent.LogOn("4711", "1234"));
        Assert.That(phone.Effects, Is.Empty);
    }

    [Test]
    public void A_key_module_is_reported_and_its_keys_can_be_written_while_it_is_there()
    {
        var phone = new Driven().Gets(ServerAction.CleanUp).Happens(new PhoneEvent.KeyModulesPlugged(1));
        Assert.That((phone.Reason, phone.Item("slk-modules")!.Value), Is.EqualTo(("inventory-changes", "1")));
        Assert.That(phone.Item("backlight-type"), Is.Null);
        Assert.That(phone.Item("key-modules")!.Value, Is.Not.Empty);
        phone.Gets(ServerAction.WriteItems, new Item("function-key-def", "3", 301), new Item("function-key-def", "3", 401));
        Assert.That(phone.Items.Select(item => ((string?)item.Attribute("index"), (string?)item.Attribute("status"))), Is.EqualTo(new[] { ("401", "invalid index") }));
        phone.Gets(ServerAction.CleanUp).Happens(new PhoneEvent.KeyModulesPlugged(0)).Gets(ServerAction.WriteItems, new Item("function-key-def", "3", 301));
        Assert.That((string?)phone.Items.Single().Attribute("status"), Is.EqualTo("invalid index"));
    }

    [Test]
    public void A_poll_address_is_asked_at_its_interval_and_202_makes_the_phone_call()
    {
        var phone = Polling();
        phone.Fires(PhoneTimer.Poll);
        Assert.That(phone.Effects.OfType<PhoneEffect.Poll>().Single().Address.ToString(), Is.EqualTo("http://127.0.0.1:8080/dcmp/contact-me?device-id=00:1A:E8:00:00:01"));
        phone.Happens(new PhoneEvent.Polled(200));
        Assert.That(phone.Posts, Is.Empty);
        Assert.That(phone.Effects.OfType<PhoneEffect.StartTimer>().Single(), Is.EqualTo(new PhoneEffect.StartTimer(PhoneTimer.Poll, TimeSpan.FromSeconds(60))));
        phone.Fires(PhoneTimer.Poll).Happens(new PhoneEvent.Polled(202));
        Assert.That(phone.Reason, Is.EqualTo("solicited"));
    }

    [TestCase(500)]
    [TestCase(null)]
    public void A_poll_without_a_usable_answer_is_observed_and_tried_again(int? status)
    {
        var phone = Polling().Fires(PhoneTimer.Poll).Happens(new PhoneEvent.Polled(status));
        Assert.That(phone.Effects.OfType<PhoneEffect.Observe>().Single().Observation.Code, Is.EqualTo("poll-status"));
        Assert.That(phone.Effects.OfType<PhoneEffect.StartTimer>().Single().Timer, Is.EqualTo(PhoneTimer.Poll));
    }

    [Test]
    public void Contact_me_stays_on_beside_polling_and_any_contact_starts_the_interval_anew()
    {
        var phone = Polling().IsContacted();
        Assert.That(phone.Reason, Is.EqualTo("solicited"));
        phone.Gets(ServerAction.CleanUp);
        Assert.That(phone.Effects.OfType<PhoneEffect.StartTimer>().Single().Timer, Is.EqualTo(PhoneTimer.Poll));
    }

    [Test]
    public void V1_does_not_poll()
    {
        var phone = new Driven(firmware: "V1 R5.6.0").Gets(ServerAction.WriteItems, new Item("dcmp-url", "http://127.0.0.1:8080/dcmp/")).Gets(ServerAction.CleanUp);
        Assert.That(phone.Effects.OfType<PhoneEffect.StartTimer>(), Is.Empty);
    }

    private static Driven Mobile() => new Driven()
        .Gets(ServerAction.WriteItems, new Item("mobility-enabled", "true"), new Item("e164", "100")).Gets(ServerAction.CleanUp);

    private static Driven LoggedOn() => Mobile().Happens(new PhoneEvent.LogOn("4711", "1234"))
        .Gets(ServerAction.WriteItems, new Item("sip-mobility-state", "0")).Gets(ServerAction.CleanUp).Gets(ServerAction.CleanUp)
        .Gets(ServerAction.WriteItems, new Item("userdata-vu1", "QUJD", 1)).Gets(ServerAction.CleanUp);

    private static Driven Polling() => new Driven()
        .Gets(ServerAction.WriteItems, new Item("dcmp-url", "http://127.0.0.1:8080/dcmp/"), new Item("dcmp-interval", "60")).Gets(ServerAction.CleanUp);
}
