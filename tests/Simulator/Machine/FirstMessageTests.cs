using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class FirstMessageTests
{
    private const string Head = "device-type related-device-type gigabit-ethernet-enabled software-type related-software-type software-version related-software-version contact-me-uri mac-addr configuration-changed-flag";
    private const string OldHead = "device-type related-device-type gigabit-ethernet software-type related-software-type software-version related-software-version contact-me-uri mac-addr configuration-changed-flag";
    private const string Tail = "part-number sip-mobility-state e164 bootstrapping-tan basic-e164 mobility-enabled";
    private const string Faults = "slog-archive-me fault-report-slog-entry fault-time-slog-entry fault-report-ocsr-connect fault-time-ocsr-connect fault-report-admin-pwd fault-time-admin-pwd fault-report-user-pwd fault-time-user-pwd cloud-pin-value";

    [TestCase("V2 R1.20.0", OldHead + " " + Tail)]
    [TestCase("V2 R2.30.0", Head + " " + Tail)]
    [TestCase("V3 R1.41.1", Head + " " + Tail + " " + Faults)]
    [TestCase("V3 R5.12.0", Head + " " + Tail + " " + Faults)]
    public void Start_up_has_the_items_of_its_firmware_in_order(string firmware, string expected)
    {
        var phone = new Driven(firmware);
        Assert.That(phone.Reason, Is.EqualTo("start-up"));
        Assert.That(string.Join(' ', phone.Items.Select(item => (string?)item.Attribute("name"))), Is.EqualTo(expected));
    }

    [Test]
    public void Firmware_before_V2R2_reports_gigabit_ethernet_as_failed() =>
        Assert.That((string?)new Driven("V2 R1.20.0").Item("gigabit-ethernet")?.Attribute("status"), Is.EqualTo("failed"));

    [Test]
    public void A_large_phone_tells_its_backlight() =>
        Assert.That(new Driven(model: "OpenStage 80").Item("backlight-type")?.Value, Is.EqualTo("1"));

    [Test]
    public void Local_changes_attach_the_items_from_V2R2_on()
    {
        var phone = new Driven("V2 R2.30.0").Gets(ServerAction.CleanUp).Happens(new PhoneEvent.LocalChange([new Item("dhcp", "false"), new Item("vlan-method", "0")]));
        Assert.That(phone.Reason, Is.EqualTo("local-changes"));
        Assert.That(phone.Item("configuration-changed-flag")?.Value, Is.EqualTo("true"));
        Assert.That(phone.Item("configuration-attached-flag")?.Value, Is.EqualTo("true"));
        Assert.That(phone.Item("configuration-attached-number")?.Value, Is.EqualTo("2"));
        Assert.That(phone.Items.TakeLast(2).Select(item => item.Value), Is.EqualTo(new[] { "false", "0" }));
    }

    [Test]
    public void Older_firmware_says_only_that_something_changed()
    {
        var phone = new Driven("V2 R1.20.0").Gets(ServerAction.CleanUp).Happens(new PhoneEvent.LocalChange([new Item("dhcp", "false")]));
        Assert.That(phone.Item("configuration-changed-flag")?.Value, Is.EqualTo("true"));
        Assert.That(phone.Item("configuration-attached-flag"), Is.Null);
        Assert.That(phone.Item("dhcp"), Is.Null);
    }

    [Test]
    public void The_same_seed_gives_the_same_bytes()
    {
        var first = new Driven().Posts[0].Body.ToArray();
        var second = new Driven().Posts[0].Body.ToArray();
        Assert.That(second, Is.EqualTo(first));
    }
}
