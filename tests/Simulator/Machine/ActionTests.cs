using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class ActionTests
{
    [TestCase("no-such-item", null, "1", "unknown item")]
    [TestCase("device-type", null, "OpenStage 60", "read only")]
    [TestCase("codec-type", 9, "0", "invalid index")]
    [TestCase("function-key-def", 6, "59", null)]
    [TestCase("function-key-def", 1006, "59", null)]
    [TestCase("function-key-def", 7, "59", "invalid index")]
    [TestCase("function-key-def", 301, "59", "invalid index")]
    [TestCase("dhcp", null, "perhaps", "invalid data")]
    [TestCase("bt-active", null, "true", "not supported")]
    [TestCase("send-solicited", null, "true", "unexpected item")]
    [TestCase("sntp-addr", null, "ntp.example.net", null)]
    public void A_write_is_checked_item_by_item(string name, int? index, string value, string? expected)
    {
        var phone = new Driven().Gets(ServerAction.WriteItems, new Item(name, value, index), new Item("default-domain", "example.net"));
        Assert.That(phone.Status, Is.EqualTo("accepted"));
        Assert.That(phone.HasItemList);
        Assert.That(phone.Items.Select(item => (string?)item.Attribute("status")), Is.EqualTo(expected is null ? Array.Empty<string>() : [expected]));
        Assert.That(phone.Items.Select(item => item.Value), Is.All.Empty);

        phone.Gets(ServerAction.ReadItems, new Item("default-domain"));
        Assert.That(phone.Item("default-domain")?.Value, Is.EqualTo("example.net"));
    }

    [TestCase("V2 R2.30.0", "unknown item")]
    [TestCase("V3 R1.41.1", null)]
    public void Old_firmware_does_not_know_newer_items(string firmware, string? expected) => Assert.That(
        (string?)new Driven(firmware).Gets(ServerAction.ReadItems, new Item("hostname"), new Item("sntp-addr-backup")).Item("sntp-addr-backup")?.Attribute("status"),
        Is.EqualTo(expected));

    [Test]
    public void The_whole_set_starts_with_the_items_of_start_up_and_has_no_secrets_of_write_only_items()
    {
        var start = new Driven();
        var names = start.Items.Select(item => (string?)item.Attribute("name")).ToList();
        start.Gets(ServerAction.ReadAllItems);
        var all = start.Items.Select(item => (string?)item.Attribute("name")).ToList();
        Assert.That(all.Take(names.Count), Is.EqualTo(names));
        Assert.That(all, Has.Count.GreaterThan(400));
        Assert.That(all, Has.None.EqualTo("admin-pwd").And.None.EqualTo("wbm-server-certificate").And.None.StartsWith("userdata-"));
    }

    [Test]
    public void Fragments_go_out_one_a_request_until_the_final_one()
    {
        var phone = new Driven(fragmentItems: 200).Gets(ServerAction.ReadAllItems);
        var marks = new List<string?> { phone.Fragment };
        while (phone.Fragment == "next")
        {
            Assert.That(phone.Items, Has.Count.LessThanOrEqualTo(200));
            phone.Gets(ServerAction.GetNextFragment);
            marks.Add(phone.Fragment);
        }

        Assert.That(marks, Has.Count.GreaterThan(2));
        Assert.That(marks[^1], Is.EqualTo("final"));
        Assert.That(phone.Gets(ServerAction.GetNextFragment).Status, Is.EqualTo("failed"));
    }

    [Test]
    public void A_factory_reset_needs_its_password()
    {
        var phone = new Driven().Gets(ServerAction.Restart, new Item("restart-type", "FactoryReset"), new Item("restart-password", "000000"));
        Assert.That(phone.Status, Is.EqualTo("failed"));
    }

    [TestCase(true, "start-up")]
    [TestCase(false, "")]
    public void After_a_factory_reset_only_DHCP_leads_to_the_service(bool dhcp, string expected)
    {
        var phone = new Driven(dhcp: dhcp).Gets(ServerAction.Restart, new Item("restart-type", "FactoryReset"), new Item("restart-password", "124816"));
        Assert.That(phone.Posts, Is.Empty);
        Assert.That(phone.Fires(PhoneTimer.Boot).Reason, Is.EqualTo(expected));
    }

    [Test]
    public void A_restart_keeps_what_was_written()
    {
        var phone = new Driven().Gets(ServerAction.WriteItems, new Item("sntp-addr", "kept.example.net")).Gets(ServerAction.Restart);
        phone.Fires(PhoneTimer.Boot).Gets(ServerAction.ReadItems, new Item("sntp-addr"));
        Assert.That(phone.Item("sntp-addr")?.Value, Is.EqualTo("kept.example.net"));
    }

    [TestCase("FileDeployment")]
    [TestCase("SoftwareDeployment")]
    [TestCase("Polish")]
    public void What_it_cannot_do_it_answers_failed(string action) => Assert.That(
        new Driven().Gets($"<DLSMessage xmlns=\"http://www.siemens.com/DLS\"><Message nonce=\"1\"><Action>{action}</Action></Message></DLSMessage>").Status,
        Is.EqualTo("failed"));

    [Test]
    public void Overload_makes_it_send_the_same_message_later()
    {
        var phone = new Driven();
        var sent = phone.Posts[0].Body.ToArray();
        phone.Gets(ServerAction.CleanUp, new Item("cleanup-reason", "overload"));
        Assert.That(phone.Posts, Is.Empty);
        Assert.That(phone.Fires(PhoneTimer.Retry).Posts[0].Body.ToArray(), Is.EqualTo(sent));
    }

    [Test]
    public void Chunked_answers_are_refused_by_V2R2_and_taken_by_V3()
    {
        var body = "<DLSMessage><Message nonce=\"1\"><Action>ReadItems</Action></Message></DLSMessage>"u8.ToArray();
        Assert.That(new Driven("V2 R2.30.0").Happens(new PhoneEvent.Answer(200, [], true, body)).Reason, Is.EqualTo("clean-up"));
        Assert.That(new Driven("V3 R1.41.1").Happens(new PhoneEvent.Answer(200, [], true, body)).Reason, Is.EqualTo("reply-to"));
    }

    [Test]
    public void A_cookie_goes_back_without_its_attributes()
    {
        var phone = new Driven().Gets("<DLSMessage><Message nonce=\"1\"><Action>ReadItems</Action></Message></DLSMessage>", "JSESSIONID=0A; Path=/DeploymentService; Secure");
        Assert.That(phone.Posts[0].Headers.Single(header => header.Name == "Cookie").Value, Is.EqualTo("JSESSIONID=0A"));
    }
}
