using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>WPI guide p.32-40.</summary>
public sealed class RegistrationTests
{
    [Test]
    public void A_phone_that_is_not_known_is_asked_for_all_its_items_at_start_up()
    {
        var phone = new PhoneTalk(registered: false);
        Assert.That(phone.StartUp(changed: false).Action, Is.EqualTo(ServerAction.ReadAllItems));
        Assert.That(phone.Reply(ServerAction.ReadAllItems, ReplyStatus.Accepted, new Item("dhcp", "true")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Learned["dhcp"], Is.EqualTo("true"));
        Assert.That(phone.Device!.ItemsRead, Is.EqualTo(phone.Now));
    }

    [Test]
    public void Each_message_is_a_sign_of_life_and_an_interaction_knows_when_all_items_were_read()
    {
        var phone = new PhoneTalk();
        var read = phone.Device!.ItemsRead;
        phone.StartUp();
        Assert.That(phone.State!.ItemsRead, Is.EqualTo(read));
        phone.Now += TimeSpan.FromMinutes(1);
        phone.Reply(ServerAction.ReadAllItems, ReplyStatus.Accepted, new Item("dhcp", "true"));
        Assert.That(phone.Device.LastSeen, Is.EqualTo(phone.Now));
        Assert.That(phone.State.ItemsRead, Is.EqualTo(phone.Now));
        phone.Now += TimeSpan.FromMinutes(1);
        phone.StartUp(changed: false);
        Assert.That(phone.State.ItemsRead, Is.EqualTo(phone.Now - TimeSpan.FromMinutes(1)));
        Assert.That(phone.State.AsOfNow(phone.Device), Is.EqualTo(phone.Device));
    }

    [Test]
    public void A_known_phone_without_changes_is_let_go_at_once() =>
        Assert.That(new PhoneTalk().StartUp(changed: false).Action, Is.EqualTo(ServerAction.CleanUp));

    [Test]
    public void A_known_phone_with_changes_is_asked_for_all_its_items() =>
        Assert.That(new PhoneTalk().StartUp(changed: true).Action, Is.EqualTo(ServerAction.ReadAllItems));

    [Test]
    public void A_phone_that_never_registered_is_asked_for_all_its_items_when_it_calls()
    {
        var phone = new PhoneTalk(registered: false);
        phone.Add(JobKind.WriteItems, new Item("dhcp", "true"));
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.ReadAllItems));
        Assert.That(phone.Reply(ServerAction.ReadAllItems).Action, Is.EqualTo(ServerAction.WriteItems));
    }

    [Test]
    public void Local_changes_with_the_items_attached_are_taken_without_asking()
    {
        var phone = new PhoneTalk();
        var message = phone.Initiating(ContactReason.LocalChanges, true, new Item("configuration-attached-flag", "true"), new Item("dhcp", "false"));
        Assert.That(phone.Send(message).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Learned["dhcp"], Is.EqualTo("false"));
    }

    [Test]
    public void Local_changes_without_the_items_lead_to_ReadAllItems()
    {
        var phone = new PhoneTalk("V2 R1.20.0");
        Assert.That(phone.Send(phone.Initiating(ContactReason.LocalChanges, true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
    }

    [TestCase(ContactReason.InventoryChanges)]
    [TestCase(ContactReason.Status)]
    [TestCase(ContactReason.Unknown)]
    public void Reports_are_kept_and_ended(ContactReason reason)
    {
        var phone = new PhoneTalk();
        Assert.That(phone.Send(phone.Initiating(reason, false, new Item("key-modules", "1"))).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Learned["key-modules"], Is.EqualTo("1"));
    }

    [Test]
    public void The_device_record_follows_what_the_phone_says()
    {
        var phone = new PhoneTalk(registered: false);
        phone.StartUp();
        Assert.That(phone.Device, Has.Property("Firmware").EqualTo("V3 R3.24.0").And.Property("E164").EqualTo("498912345"));
        phone.Reply(ServerAction.ReadAllItems, ReplyStatus.Accepted, new Item("dls-contact-interval", "120"));
        Assert.That(phone.Device!.ContactGapSeconds, Is.EqualTo(120));
    }

    [Test]
    public void A_refused_ReadAllItems_at_start_up_is_an_observation_and_jobs_go_on()
    {
        var phone = new PhoneTalk(registered: false);
        phone.Add(JobState.Pending, JobKind.ReadItems, new Item("e164"));
        phone.StartUp();
        Assert.That(phone.Reply(ServerAction.ReadAllItems, ReplyStatus.Failed).Action, Is.EqualTo(ServerAction.ReadItems));
        Assert.That(phone.Observations.Select(seen => seen.Code), Is.EqualTo(new[] { "read-refused" }));
    }
}
