using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Mobility;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>Mobile users (field; the guide's section is not to be had).</summary>
public sealed class MobilityTests
{
    private static readonly MobileUser Anna = new()
    {
        Number = "4711",
        Password = "1234",
        Profile = [new Item("display-id", "Anna"), new Item("sip-user-id", "4711")],
        Data = [new Item("userdata-vu1", "QUJD", 1), new Item("userdata-phonebook", "REVG", 1)],
    };

    [Test]
    public void A_logon_writes_the_profile_and_remembers_where_the_user_is()
    {
        var phone = new PhoneTalk { MobileUser = Anna };
        var answer = LogOn(phone, "1234");
        Assert.That(answer.Action, Is.EqualTo(ServerAction.WriteItems));
        Assert.That(answer.Items!.Select(item => $"{item.Name}={item.Value}"), Is.EqualTo(new[] { "sip-mobility-state=0", "display-id=Anna", "sip-user-id=4711" }));
        Assert.That(phone.MobileUser!.LoggedOnAt, Is.Empty);
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.MobileUser!.LoggedOnAt, Is.EqualTo(PhoneTalk.Mac));
    }

    [TestCase("1235")]
    [TestCase("")]
    public void A_wrong_password_gets_no_profile(string password)
    {
        var phone = new PhoneTalk { MobileUser = Anna };
        Assert.That(LogOn(phone, password).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.MobileUser!.LoggedOnAt, Is.Empty);
    }

    [Test]
    public void An_unknown_number_gets_no_profile_and_is_observed()
    {
        var phone = new PhoneTalk();
        Assert.That(LogOn(phone, "1234").Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Observations.Single(), Is.EqualTo(new Observation("mobility-logon-refused", "number and password of a mobile user", "an unknown number", null)));
    }

    [Test]
    public void A_profile_that_does_not_fit_into_one_message_goes_out_in_several()
    {
        var phone = new PhoneTalk { MobileUser = Anna, MaxItems = 2 };
        Assert.That(LogOn(phone, "1234").Items, Has.Count.EqualTo(2));
        var rest = phone.Reply(ServerAction.WriteItems);
        Assert.That((rest.Action, rest.Items!.Single().Name), Is.EqualTo((ServerAction.WriteItems, "sip-user-id")));
        Assert.That(phone.MobileUser!.LoggedOnAt, Is.Empty);
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.MobileUser!.LoggedOnAt, Is.EqualTo(PhoneTalk.Mac));
    }

    [Test]
    public void A_phone_that_refuses_the_profile_has_no_user()
    {
        var phone = new PhoneTalk { MobileUser = Anna };
        LogOn(phone, "1234");
        phone.Reply(ServerAction.WriteItems, ReplyStatus.Failed);
        Assert.That(phone.MobileUser!.LoggedOnAt, Is.Empty);
    }

    [Test]
    public void The_user_data_that_the_phone_asks_for_are_written_and_no_others()
    {
        var phone = new PhoneTalk { MobileUser = Anna };
        var answer = Inventory(phone, "0", new Item("requested-items", "userdata-vu1, userdata-call-log"));
        Assert.That(answer.Items!.Select(item => $"{item.Key}={item.Value}"), Is.EqualTo(new[] { "userdata-vu1[1]=QUJD" }));
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
    }

    [Test]
    public void A_user_without_data_gets_CleanUp() => Assert.That(
        Inventory(new PhoneTalk { MobileUser = Anna with { Data = [] } }, "0", new Item("requested-items", "userdata-vu1")).Action, Is.EqualTo(ServerAction.CleanUp));

    [Test]
    public void A_logoff_reads_what_changed_and_keeps_it_beside_what_did_not()
    {
        var phone = new PhoneTalk { MobileUser = Anna with { LoggedOnAt = PhoneTalk.Mac } };
        var asked = Inventory(phone, "2", new Item("user-pwd", "1234"), new Item("modified-items", "userdata-vu1,userdata-call-log"));
        Assert.That((asked.Action, string.Join(",", asked.Items!.Select(item => item.Key))), Is.EqualTo((ServerAction.ReadItems, "userdata-vu1[1],userdata-call-log[1]")));
        phone.Reply(ServerAction.ReadItems, ReplyStatus.Accepted, new Item("userdata-vu1", "WFla", 1), new Item("userdata-call-log", "", 1) { Status = ItemStatus.Failed });
        Assert.That(phone.MobileUser!.Data.Select(item => $"{item.Key}={item.Value}"), Is.EquivalentTo(new[] { "userdata-phonebook[1]=REVG", "userdata-vu1[1]=WFla" }));
        Assert.That(phone.MobileUser!.LoggedOnAt, Is.Empty);
    }

    [Test]
    public void A_logoff_whose_data_never_come_loses_none()
    {
        var phone = new PhoneTalk { MobileUser = Anna with { LoggedOnAt = PhoneTalk.Mac } };
        Inventory(phone, "2", new Item("user-pwd", "1234"), new Item("modified-items", "userdata-vu1"));
        phone.TimeOut();
        Assert.That(phone.MobileUser!.Data, Is.EqualTo(Anna.Data));
    }

    [Test]
    public void A_key_module_alone_is_answered_with_CleanUp() =>
        Assert.That(Inventory(new PhoneTalk(), "1", new Item("key-modules", "1")).Action, Is.EqualTo(ServerAction.CleanUp));

    private static DlsMessage LogOn(PhoneTalk phone, string password) => Inventory(phone, "2", new Item("user-pwd", password));

    private static DlsMessage Inventory(PhoneTalk phone, string state, params Item[] more) =>
        phone.Send(phone.Initiating(ContactReason.InventoryChanges, changed: false, [new Item("sip-mobility-state", state), .. more]));
}
