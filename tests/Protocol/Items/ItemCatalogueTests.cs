using NUnit.Framework;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Tests.Items;

[TestFixture]
public sealed class ItemCatalogueTests
{
    private static readonly ItemCatalogue Catalogue = ItemCatalogue.Default;

    [Test]
    public void The_479_items_of_the_table_and_two_for_polling_are_there_each_once()
    {
        Assert.That(Catalogue.All, Has.Count.EqualTo(479 + 2));
        Assert.That(Catalogue.All.Select(item => item.Name), Is.Unique);
    }

    [Test]
    public void Every_default_is_a_value_that_may_be_written()
    {
        var refused = Catalogue.All.Where(item => item.Default.Length > 0 && ItemValue.Check(item, item.Default) is not null).Select(item => item.Name);
        Assert.That(refused, Is.Empty);
    }

    [Test]
    public void Every_code_of_a_choice_is_valid_and_no_other()
    {
        foreach (var item in Catalogue.All.Where(item => item.Type == ItemType.Choice))
        {
            Assert.That(item.Choices, Is.Not.Empty, item.Name);
            foreach (var code in item.Choices.Keys)
                Assert.That(ItemValue.Check(item, code), Is.Null, $"{item.Name} {code}");
            Assert.That(ItemValue.Check(item, "no-such-code")?.Status, Is.EqualTo(ItemStatus.InvalidData), item.Name);
        }
    }

    [Test]
    public void Numbers_are_valid_up_to_their_bounds_and_not_beyond()
    {
        foreach (var item in Catalogue.All.Where(item => item.Type == ItemType.Number))
        {
            Assert.That(ItemValue.Check(item, "many")?.Status, Is.EqualTo(ItemStatus.InvalidData), item.Name);
            foreach (var (bound, beyond) in new[] { (item.Minimum, -1), (item.Maximum, 1) })
            {
                if (bound is not { } edge)
                    continue;
                Assert.That(ItemValue.Check(item, $"{edge}"), Is.Null, item.Name);
                Assert.That(ItemValue.Check(item, $"{(long)edge + beyond}")?.Status, Is.EqualTo(ItemStatus.InvalidData), item.Name);
            }
        }
    }

    [TestCase("no-such-item", null, "1", ItemStatus.UnknownItem)]
    [TestCase("device-type", null, "OpenStage 15", ItemStatus.ReadOnly)]
    [TestCase("send-solicited", null, "true", ItemStatus.UnexpectedItem)]
    [TestCase("codec-type", null, "0", ItemStatus.InvalidIndex)]
    [TestCase("codec-type", 0, "0", ItemStatus.InvalidIndex)]
    [TestCase("codec-type", 1, "0", ItemStatus.None)]
    [TestCase("codec-type", 3, "0", ItemStatus.None)]
    [TestCase("codec-type", 4, "0", ItemStatus.InvalidIndex)]
    [TestCase("codec-type", 1, "3", ItemStatus.InvalidData)]
    [TestCase("dls-server-ca", 0, "AAAA", ItemStatus.None)]
    [TestCase("feature-availability", 36, "true", ItemStatus.None)]
    [TestCase("feature-availability", 37, "true", ItemStatus.InvalidIndex)]
    [TestCase("ldap-server-address", 1, "ldap.example.net", ItemStatus.None)]
    [TestCase("ldap-server-address", 2, "ldap.example.net", ItemStatus.InvalidIndex)]
    [TestCase("sntp-addr", 1, "ntp.example.net", ItemStatus.None)]
    [TestCase("sntp-addr", 2, "ntp.example.net", ItemStatus.InvalidIndex)]
    [TestCase("sntp-addr", null, "no host!", ItemStatus.InvalidData)]
    [TestCase("sntp-addr", null, "", ItemStatus.None)]
    [TestCase("sntp-addr", null, "NULL", ItemStatus.None)]
    [TestCase("dhcp", null, "TRUE", ItemStatus.None)]
    [TestCase("dhcp", null, "yes", ItemStatus.InvalidData)]
    [TestCase("pwd-sequence-length", null, "1", ItemStatus.InvalidData)]
    [TestCase("pwd-sequence-length", null, "24", ItemStatus.None)]
    [TestCase("sip-name", null, "123456789012345678901234", ItemStatus.None)]
    [TestCase("sip-name", null, "1234567890123456789012345", ItemStatus.InvalidData)]
    [TestCase("userdata-vu1", 1, "AAEA", ItemStatus.None)]
    [TestCase("userdata-vu1", 1, "%%%", ItemStatus.InvalidData)]
    public void Writing_is_checked_as_a_phone_would(string name, int? index, string value, ItemStatus expected) =>
        Assert.That(Catalogue.CheckWrite(new Item(name, value, index))?.Status ?? ItemStatus.None, Is.EqualTo(expected));

    [TestCase("admin-pwd", null, ItemStatus.Failed)]
    [TestCase("file-name", null, ItemStatus.UnexpectedItem)]
    [TestCase("trace-level", null, ItemStatus.InvalidIndex)]
    [TestCase("trace-level", 41, ItemStatus.None)]
    [TestCase("mac-addr", null, ItemStatus.None)]
    public void Reading_is_checked_as_a_phone_would(string name, int? index, ItemStatus expected) =>
        Assert.That(Catalogue.CheckRead(new Item(name, "", index))?.Status ?? ItemStatus.None, Is.EqualTo(expected));

    [TestCase("admin-pwd", true)]
    [TestCase("user-pwd", true)]
    [TestCase("sip-pwd", true)]
    [TestCase("line-sip-pwd", true)]
    [TestCase("send-url-passwd", true)]
    [TestCase("ssh-password", true)]
    [TestCase("restart-password", true)]
    [TestCase("bt-pin", true)]
    [TestCase("bootstrapping-tan", true)]
    [TestCase("secure-mode-data", true)]
    [TestCase("wbm-server-certificate", true)]
    [TestCase("some-new-password", true)]
    [TestCase("wbm-server-certificate-info", false)]
    [TestCase("pwd-retries", false)]
    [TestCase("max-pin-retries", false)]
    [TestCase("admin-pwd-status", false)]
    [TestCase("user-pwd-history", false)]
    [TestCase("mobility-password-on-logoff", false)]
    [TestCase("fault-report-admin-pwd", false)]
    [TestCase("min-admin-passw-length", false)]
    [TestCase("sntp-addr", false)]
    public void Secrets_are_told_from_settings(string name, bool secret) =>
        Assert.That(SecretItems.IsSecret(name), Is.EqualTo(secret));

    [Test]
    public void Every_password_of_the_catalogue_is_a_secret() =>
        Assert.That(Catalogue.All.Where(item => item.Type == ItemType.Password && !item.IsSecret).Select(item => item.Name), Is.Empty);
}
