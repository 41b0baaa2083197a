using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class SecureModeTests
{
    private static readonly SecureModeData Data = Make();

    private static readonly Item[] WithoutPin =
    [
        new("goto-secure-mode", "nopin"), new("dls-client-certificate", Data.ClientCertificate),
        new("dls-server-ca", Data.Authorities[0], 0), new("dls-secure-port", "18444"),
    ];

    [Test]
    public void Without_PIN_the_phone_starts_up_on_the_secure_port_after_CleanUp()
    {
        var phone = Idle().IsContacted().Gets(ServerAction.WriteItems, WithoutPin);
        Assert.That((phone.Status, phone.Items.Count), Is.EqualTo(("accepted", 0)));
        Assert.That(phone.Effects.OfType<PhoneEffect.Trust>(), Is.Empty);

        phone.Gets(ServerAction.CleanUp);

        Assert.That(phone.Effects.OfType<PhoneEffect.Trust>().Single().Data!.ClientCertificate, Is.EqualTo(Data.ClientCertificate));
        Assert.That((phone.Reason, phone.Posts[0].Server.Port), Is.EqualTo(("start-up", 18444)));
        Assert.That(phone.Phone.InSecureMode);
    }

    [Test]
    public void Secure_mode_outlives_a_restart_and_ends_with_a_factory_reset()
    {
        var phone = Secure();
        phone.Gets(ServerAction.CleanUp).Happens(new PhoneEvent.Restart()).Fires(PhoneTimer.Boot);
        Assert.That(phone.Posts[0].Server.Port, Is.EqualTo(18444));

        phone.Gets(ServerAction.Restart, new Item("restart-type", "FactoryReset"), new Item("restart-password", "124816"));
        Assert.That(phone.Effects.OfType<PhoneEffect.Trust>().Single().Data, Is.Null);
        phone.Fires(PhoneTimer.Boot);
        Assert.That(phone.Posts[0].Server.Port, Is.EqualTo(18443));
    }

    [TestCase("dls-client-certificate")]
    [TestCase("dls-server-ca")]
    public void What_is_missing_fails_the_item_and_the_phone_stays_in_Default_Mode(string missing)
    {
        var phone = Idle().IsContacted().Gets(ServerAction.WriteItems, [.. WithoutPin.Where(item => item.Name != missing)]);
        Assert.That((phone.Status, (string?)phone.Item("goto-secure-mode")?.Attribute("status")), Is.EqualTo(("accepted", "failed")));
        phone.Gets(ServerAction.CleanUp);
        Assert.That(phone.Phone.InSecureMode, Is.False);
        Assert.That(phone.Posts, Is.Empty);
    }

    [Test]
    public void In_a_call_the_change_is_refused_as_busy()
    {
        var phone = Idle().Happens(new PhoneEvent.CallStarted()).IsContacted().Gets(ServerAction.WriteItems, WithoutPin);
        Assert.That(phone.Status, Is.EqualTo("busy"));
        phone.Gets(ServerAction.CleanUp);
        Assert.That(phone.Phone.InSecureMode, Is.False);
    }

    [Test]
    public void With_PIN_the_phone_asks_and_the_right_one_opens_the_data_and_gives_the_TAN()
    {
        var phone = WithPin();
        Assert.That(phone.Phone.PinWanted);
        phone.Happens(new PhoneEvent.PinEntered("4711-wrong"));
        Assert.That(phone.Posts, Is.Empty);

        phone.Happens(new PhoneEvent.PinEntered("12345678abc"));

        Assert.That((phone.Reason, phone.Posts[0].Server.Port, phone.Phone.PinWanted), Is.EqualTo(("start-up", 18444, false)));
        phone.Gets(ServerAction.ReadItems, new Item("bootstrapping-tan"));
        Assert.That(phone.Item("bootstrapping-tan")!.Value, Is.EqualTo("abc"));
        phone.Gets(ServerAction.CleanUp).After(TimeSpan.FromHours(1)).IsContacted().Gets(ServerAction.ReadItems, new Item("bootstrapping-tan"));
        Assert.That(phone.Item("bootstrapping-tan")!.Value, Is.Empty);
    }

    [Test]
    public void Too_many_wrong_PINs_end_with_a_clean_up_that_says_so()
    {
        var phone = WithPin();
        phone.Happens(new PhoneEvent.PinEntered("1")).Happens(new PhoneEvent.PinEntered("22222"));
        Assert.That(phone.Posts, Is.Empty);
        phone.Happens(new PhoneEvent.PinEntered("33333333"));
        Assert.That((phone.Reason, phone.Item("cleanup-reason")!.Value), Is.EqualTo(("clean-up", "password retries exceeded")));
        Assert.That(phone.Posts[0].Server.Port, Is.EqualTo(18443));
        phone.Gets(ServerAction.CleanUp).Happens(new PhoneEvent.PinEntered("12345678abc"));
        Assert.That(phone.Posts, Is.Empty);
    }

    [Test]
    public void Packed_data_opens_with_its_password_alone()
    {
        var packed = Data.Pack("12345678", new byte[28]);
        Assert.That(SecureModeData.TryUnpack(packed, "12345678", out var data));
        Assert.That((data!.ClientCertificate, data.Port, data.Authorities[0]), Is.EqualTo((Data.ClientCertificate, 18444, Data.Authorities[0])));
        Assert.That(SecureModeData.TryUnpack(packed, "12345679", out _), Is.False);
        Assert.That(SecureModeData.TryUnpack(packed[..^8] + "AAAAAAAA", "12345678", out _), Is.False);
        Assert.That(SecureModeData.TryUnpack("no base64!", "12345678", out _), Is.False);
        Assert.That(SecureModeData.TryUnpack("", "12345678", out _), Is.False);
    }

    [Test]
    public void A_certificate_is_written_and_its_information_read_back_but_never_with_the_whole_set()
    {
        var phone = Idle().IsContacted().Gets(ServerAction.WriteItems, new Item("wbm-server-certificate", Data.ClientCertificate));
        Assert.That(phone.Items, Is.Empty);
        phone.Gets(ServerAction.ReadItems, new Item("wbm-server-certificate-info"));
        Assert.That(phone.Item("wbm-server-certificate-info")!.Value, Does.Contain("Subject: CN=phone").And.Contain("SHA-256: "));
        phone.Gets(ServerAction.ReadAllItems);
        Assert.That(phone.Item("wbm-server-certificate"), Is.Null);
    }

    [Test]
    public void A_certificate_without_key_is_invalid_data()
    {
        var phone = Idle().IsContacted().Gets(ServerAction.WriteItems, new Item("wbm-server-certificate", Convert.ToBase64String("no certificate"u8)));
        Assert.That((string?)phone.Item("wbm-server-certificate")?.Attribute("status"), Is.EqualTo("invalid data"));
    }

    private static Driven Idle() => new Driven().Gets(ServerAction.CleanUp);

    private static Driven Secure() => Idle().IsContacted().Gets(ServerAction.WriteItems, WithoutPin).Gets(ServerAction.CleanUp);

    private static Driven WithPin() => Idle().IsContacted().Gets(
        ServerAction.WriteItems,
        new Item("goto-secure-mode", "pin"), new Item("secure-mode-data", Data.Pack("12345678", new byte[28])), new Item("max-pin-retries", "3"))
        .Gets(ServerAction.CleanUp);

    private static SecureModeData Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=phone", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return new SecureModeData
        {
            ClientCertificate = Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12, "")),
            Authorities = [certificate.ExportCertificatePem()],
            Port = 18444,
        };
    }
}
