using NUnit.Framework;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Tests.Items;

/// <summary>Checks of items that a service wants to write or read.</summary>
[TestFixture]
public sealed class ItemCheckTests
{
    private static readonly ItemCatalogue Catalogue = ItemCatalogue.Default;

    [TestCase("sip-name", "Desk 12")]
    [TestCase("reg-addr", "sip.example.net")]
    [TestCase("reg-addr", "192.0.2.7")]
    [TestCase("reg-addr", "0.0.0.0")]
    [TestCase("reg-addr", "2001:db8::7")]
    [TestCase("reg-addr", "[2001:db8::7]")]
    [TestCase("enable-WBM", "TRUE")]
    [TestCase("enable-WBM", "false")]
    [TestCase("ldap-max-responses", "25")]
    [TestCase("sip-transport-user", "2")]
    [TestCase("admin-pwd", "any text at all, <&>")]
    [TestCase("secure-mode-data", "AAEC")]
    [TestCase("dls-client-certificate", "AAEC")]
    [TestCase("dls-client-certificate", "-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----")]
    [TestCase("pwd-sequence-length", "0")]
    [TestCase("pwd-sequence-length", "2")]
    [TestCase("pwd-sequence-length", "24")]
    [TestCase("transaction-timer", "3700")]
    [TestCase("transaction-timer", "32000")]
    [TestCase("sntp-tz-offset", "-720")]
    [TestCase("sntp-tz-offset", "720")]
    [TestCase("l3qos-voice", "63")]
    [TestCase("sip-name", "123456789012345678901234")]
    public void A_value_of_its_type_and_range_may_be_written(string name, string value) =>
        Assert.That(Catalogue.CheckWrite(new Item(name, value)), Is.Null);

    [TestCase("enable-WBM", "yes")]
    [TestCase("enable-WBM", "1")]
    [TestCase("ldap-max-responses", "many")]
    [TestCase("ldap-max-responses", "2.5")]
    [TestCase("ldap-max-responses", "1,000")]
    [TestCase("ldap-max-responses", "99999999999999999999")]
    [TestCase("ldap-max-responses", "-1")]
    [TestCase("reg-addr", "no host")]
    [TestCase("reg-addr", "300.1.1.1")]
    [TestCase("reg-addr", "1.2.3")]
    [TestCase("reg-addr", "]sip.example.net[")]
    [TestCase("reg-addr", "http://sip.example.net")]
    [TestCase("sip-transport-user", "3")]
    [TestCase("secure-mode-data", "not base64!")]
    [TestCase("dls-client-certificate", "not base64!")]
    public void A_value_of_another_type_is_invalid_data(string name, string value) =>
        Assert.That(Catalogue.CheckWrite(new Item(name, value))?.Status, Is.EqualTo(ItemStatus.InvalidData));

    [TestCase("transaction-timer", "3699")]
    [TestCase("transaction-timer", "32001")]
    [TestCase("sntp-tz-offset", "-721")]
    [TestCase("sntp-tz-offset", "721")]
    [TestCase("l3qos-voice", "64")]
    [TestCase("l3qos-voice", "-1")]
    [TestCase("pwd-sequence-length", "1")]
    [TestCase("pwd-sequence-length", "25")]
    [TestCase("vlan-id", "4096")]
    [TestCase("dls-secure-port", "65536")]
    [TestCase("sip-name", "1234567890123456789012345")]
    public void A_value_beyond_its_range_is_invalid_data(string name, string value) =>
        Assert.That(Catalogue.CheckWrite(new Item(name, value))?.Status, Is.EqualTo(ItemStatus.InvalidData));

    [Test]
    public void A_finding_says_what_is_allowed_and_what_came()
    {
        var finding = Catalogue.CheckWrite(new Item("l3qos-voice", "64"));

        Assert.That(finding, Is.EqualTo(new ItemFinding(ItemStatus.InvalidData, "a whole number from 0 to 63", "'64'")));
    }

    [TestCase("e164")]
    [TestCase("reg-addr")]
    [TestCase("ldap-pwd")]
    [TestCase("secure-mode-data")]
    [TestCase("dls-client-certificate")]
    public void An_empty_value_and_the_text_NULL_clear_what_is_like_text(string name)
    {
        Assert.That(Catalogue.CheckWrite(new Item(name)), Is.Null);
        Assert.That(Catalogue.CheckWrite(new Item(name, "NULL")), Is.Null);
    }

    [TestCase("enable-WBM")]
    [TestCase("ldap-max-responses")]
    [TestCase("sip-transport-user")]
    public void A_switch_a_number_and_a_code_have_no_empty_state(string name)
    {
        Assert.That(Catalogue.CheckWrite(new Item(name))?.Status, Is.EqualTo(ItemStatus.InvalidData));
        Assert.That(Catalogue.CheckWrite(new Item(name, "NULL"))?.Status, Is.EqualTo(ItemStatus.InvalidData));
    }

    [Test]
    public void A_number_whose_default_is_NULL_may_be_cleared() =>
        Assert.That(Catalogue.CheckWrite(new Item("XML-app-server-port", "NULL", 1)), Is.Null);

    [TestCase("no-such-item")]
    [TestCase("E164")]
    [TestCase("")]
    public void A_name_that_is_not_in_the_table_is_an_unknown_item(string name)
    {
        Assert.That(Catalogue.CheckWrite(new Item(name, "1"))?.Status, Is.EqualTo(ItemStatus.UnknownItem));
        Assert.That(Catalogue.CheckRead(new Item(name))?.Status, Is.EqualTo(ItemStatus.UnknownItem));
    }

    [Test]
    public void A_long_unknown_name_is_cut_and_no_character_in_half()
    {
        var finding = Catalogue.CheckWrite(new Item(new string('x', 59) + "📞📞"));

        Assert.That(finding?.Actual, Is.EqualTo(new string('x', 59) + "…"));
    }

    [TestCase("mac-addr", "00:1A:E8:00:00:01")]
    [TestCase("software-version", "V3 R5.12.0")]
    [TestCase("user-pwd-expiry", "2038-01-19T03:14:07+00:00")]
    public void An_item_of_the_phone_is_read_only(string name, string value)
    {
        Assert.That(Catalogue.CheckWrite(new Item(name, value))?.Status, Is.EqualTo(ItemStatus.ReadOnly));
        Assert.That(Catalogue.CheckRead(new Item(name)), Is.Null);
    }

    [TestCase("send-solicited", "true")]
    [TestCase("cleanup-reason", "wrong TAN")]
    [TestCase("restart-type", "FactoryReset")]
    [TestCase("restart-password", "000000")]
    [TestCase("file-server", "ftp.example.net")]
    [TestCase("file-sw-version", "3.5.12.0")]
    public void A_parameter_of_another_action_is_an_unexpected_item(string name, string value)
    {
        Assert.That(Catalogue.CheckWrite(new Item(name, value))?.Status, Is.EqualTo(ItemStatus.UnexpectedItem));
        Assert.That(Catalogue.CheckRead(new Item(name))?.Status, Is.EqualTo(ItemStatus.UnexpectedItem));
    }

    [TestCase("clear-calllog", "true")]
    [TestCase("goto-secure-mode", "pin")]
    [TestCase("user-pwd", "4711")]
    public void What_is_written_only_can_be_written_and_not_read(string name, string value)
    {
        Assert.That(Catalogue.CheckWrite(new Item(name, value)), Is.Null);
        Assert.That(Catalogue.CheckRead(new Item(name))?.Status, Is.EqualTo(ItemStatus.Failed));
    }

    [TestCase("function-key-def", 1)]
    [TestCase("function-key-def", 4002)]
    [TestCase("dls-server-ca", 0)]
    [TestCase("feature-availability", 0)]
    [TestCase("feature-availability", 36)]
    [TestCase("trace-level", 41)]
    [TestCase("codec-type", 3)]
    [TestCase("ldap-server-address", 1)]
    [TestCase("ldap-server-address", null)]
    [TestCase("dhcp", 1)]
    public void An_index_in_its_range_is_fine(string name, int? index) => Assert.That(CheckIndex(name, index), Is.Null);

    [TestCase("function-key-def", null)]
    [TestCase("function-key-def", 0)]
    [TestCase("function-key-def", -1)]
    [TestCase("dls-server-ca", -1)]
    [TestCase("dls-server-ca", null)]
    [TestCase("feature-availability", 37)]
    [TestCase("trace-level", 42)]
    [TestCase("codec-type", 0)]
    [TestCase("codec-type", 4)]
    [TestCase("ldap-server-address", 2)]
    [TestCase("dhcp", 0)]
    [TestCase("dhcp", 2)]
    public void An_index_that_is_missing_beyond_or_not_wanted_is_an_invalid_index(string name, int? index) =>
        Assert.That(CheckIndex(name, index)?.Status, Is.EqualTo(ItemStatus.InvalidIndex));

    [Test]
    public void No_finding_ever_shows_the_value_of_a_secret()
    {
        const string Value = "!geheim!";
        foreach (var definition in Catalogue.All.Where(item => item.IsSecret))
        {
            foreach (var index in new int?[] { null, 1, -5 })
            {
                var item = new Item(definition.Name, Value, index);
                Assert.That($"{Catalogue.CheckWrite(item)} {Catalogue.CheckRead(item)}", Does.Not.Contain("geheim"), definition.Name);
            }
        }

        Assert.That(Catalogue.CheckWrite(new Item("secure-mode-data", Value))?.Actual, Is.EqualTo("***"));
    }

    [TestCase(ItemType.Mac, "00:1A:E8:00:00:01", true)]
    [TestCase(ItemType.Mac, "00-1a-e8-00-00-01", true)]
    [TestCase(ItemType.Mac, "001AE8000001", false)]
    [TestCase(ItemType.Mac, "00:1A:E8:00:00:01\n", false)]
    [TestCase(ItemType.Mac, "00:1A:E8:00:00:0G", false)]
    [TestCase(ItemType.Url, "https://192.0.2.1/files/a.img", true)]
    [TestCase(ItemType.Url, "/files/a.img", false)]
    [TestCase(ItemType.Url, "a.img", false)]
    [TestCase(ItemType.DateTime, "2038-01-19T03:14:07+00:00", true)]
    [TestCase(ItemType.DateTime, "2038-01-19T03:14:07Z", true)]
    [TestCase(ItemType.DateTime, "19.01.2038", false)]
    [TestCase(ItemType.DateTime, "7", false)]
    public void A_type_that_no_writable_item_has_is_checked_too(ItemType type, string value, bool isValid)
    {
        var definition = new ItemDefinition
        {
            Name = "example",
            Group = "example",
            Index = IndexRule.None,
            Type = type,
            Default = "",
            Access = ItemAccess.ReadWrite,
            Availability = "",
            Source = "",
            Meaning = "",
        };

        Assert.That(ItemValue.Check(definition, value) is null, Is.EqualTo(isValid));
    }

    // Without index check there would be no finding, or one about the value.
    private static ItemFinding? CheckIndex(string name, int? index) => Catalogue.CheckRead(new Item(name, Index: index)) switch
    {
        { Status: ItemStatus.Failed } => Catalogue.CheckWrite(new Item(name, "", index)),
        var finding => finding,
    };
}
