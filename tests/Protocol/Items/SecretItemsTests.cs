using NUnit.Framework;
using OpenStage.Protocol.Items;

namespace OpenStage.Protocol.Tests.Items;

/// <summary>Which items are secrets.</summary>
[TestFixture]
public sealed class SecretItemsTests
{
    [Test]
    public void Every_password_of_the_catalogue_is_a_secret()
    {
        foreach (var item in ItemCatalogue.Default.All.Where(item => item.Type == ItemType.Password))
            Assert.That(SecretItems.IsSecret(item.Name), Is.True, item.Name);
    }

    /// <summary>A new item must be put on one side or the other by somebody.</summary>
    [Test]
    public void The_secrets_of_the_catalogue_are_these() =>
        Assert.That(ItemCatalogue.Default.All.Where(item => item.IsSecret).Select(item => item.Name), Is.EquivalentTo(new[]
        {
            "bootstrapping-tan", "cloud-pin-value", "restart-password", "dls-client-certificate", "secure-mode-data",
            "wbm-server-certificate", "ssh-password", "admin-pwd", "admin-pwd-unicode", "user-pwd", "user-pwd-unicode",
            "user-pwd-hash", "bt-pin", "sip-pwd", "snmp-trap-pwd", "snmp-pwd", "diagnostic-trap-pwd", "qdc-trap-pwd",
            "send-url-passwd", "line-sip-pwd", "ldap-pwd", "file-pwd",
        }));

    [TestCase("user-pwd")]
    [TestCase("User-PWD")]
    [TestCase("bt-pin")]
    [TestCase("wifi-password")]
    [TestCase("sipPassword2")]
    [TestCase("user_pwd")]
    [TestCase("pin")]
    [TestCase("unlock-pin-1")]
    [TestCase("wlan-psk")]
    [TestCase("vpn-passphrase")]
    [TestCase("shared-secret-2")]
    [TestCase("tls-private-key")]
    public void A_password_is_a_secret_even_under_an_unknown_name(string name) => Assert.That(SecretItems.IsSecret(name), Is.True);

    [TestCase("pwd-retries")]
    [TestCase("pwd-min-reset-period")]
    [TestCase("admin-pwd-status")]
    [TestCase("user-pwd-history")]
    [TestCase("user-pwd-expiry")]
    [TestCase("user-pwd-lastchanged")]
    [TestCase("min-admin-passw-length")]
    [TestCase("max-pin-retries")]
    [TestCase("fault-report-admin-pwd")]
    [TestCase("fault-time-user-pwd")]
    [TestCase("mobility-password-on-logoff")]
    [TestCase("passw-char-set")]
    [TestCase("pwd-suspended-duration")]
    [TestCase("default-passw-policy")]
    [TestCase("wbm-server-certificate-info")]
    [TestCase("dls-server-ca")]
    [TestCase("bt-pairing")]
    [TestCase("new-pwd-length")]
    [TestCase("mapping")]
    [TestCase("e164")]
    [TestCase("")]
    public void A_setting_about_passwords_is_none(string name) => Assert.That(SecretItems.IsSecret(name), Is.False);
}
