using System.Globalization;
using System.Security.Cryptography;
using NUnit.Framework;
using OpenStage.Protocol.SecureMode;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.SecureMode;

/// <summary>From Default to Secure Mode, message by message and to the byte (WPI guide p.62-68).</summary>
public sealed class SecureModeFlowTests
{
    private const string CleanUp = "<Action>CleanUp</Action>\n";

    private SecureLab lab = null!;

    private string Port => lab.Server.SecureUrl!.Port.ToString(CultureInfo.InvariantCulture);

    [SetUp]
    public async Task Start()
    {
        lab = await SecureLab.StartAsync();
        await lab.RegisterAsync();
    }

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task Without_PIN()
    {
        var begun = await lab.BeginAsync(new { pin = false });
        Assert.That(begun["pin"], Is.Null);
        var phone = lab.Default();
        var write = await phone.TalkAsync(phone.Initiating("A1", "solicited"));
        var authority = (await lab.Running.Api.GetStringAsync("/api/secure-mode/authority")).TrimEnd('\n');
        var given = SecureLab.Items(write)["dls-client-certificate"];
        // Line ends of a text travel as references.
        var sent = authority.Replace("\n", "&#10;", StringComparison.Ordinal);
        Assert.That(write, Is.EqualTo(TlsPhone.Message("A1", "<Action>WriteItems</Action>\n<ItemList>\n"
            + $"<Item name=\"goto-secure-mode\">nopin</Item>\n<Item name=\"dls-client-certificate\">{given}</Item>\n"
            + $"<Item name=\"dls-server-ca\" index=\"0\">{sent}</Item>\n<Item name=\"dls-secure-port\">{Port}</Item>\n</ItemList>\n")));
        Assert.That(await phone.TalkAsync(TlsPhone.Reply("A2", "WriteItems")), Is.EqualTo(TlsPhone.Message("A2", CleanUp)));
        Assert.That(lab.Job(begun).State, Is.EqualTo(JobState.WaitingForStartUp));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.SecureMode, Is.Null);

        using var certificate = SecureLab.Certificate(given);
        var secured = lab.Secure(certificate);
        Assert.That(await secured.TalkAsync(secured.StartUp("A3")), Is.EqualTo(TlsPhone.Message("A3", CleanUp)));
        Assert.That(lab.Leads(secured.Shown!, authority), Is.True, "the phone can authenticate the server");
        Assert.That(lab.Job(begun).State, Is.EqualTo(JobState.Succeeded));
        var thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.SecureMode, Has.Property("Thumbprint").EqualTo(thumbprint).And.Property("Since").EqualTo(lab.Running.Clock.GetUtcNow()));
        Assert.That(lab.Observations, Is.Empty);
    }

    [Test]
    public async Task With_PIN_and_the_right_TAN()
    {
        var begun = await lab.BeginAsync(new { pin = true, maxPinRetries = 5 });
        var pin = begun["pin"]!.GetValue<string>();
        Assert.That(pin, Does.Match("^[0-9]{12}$"));
        var phone = lab.Default();
        var write = await phone.TalkAsync(phone.Initiating("B1", "solicited"));
        var packed = SecureLab.Items(write)["secure-mode-data"];
        Assert.That(write, Is.EqualTo(TlsPhone.Message("B1", "<Action>WriteItems</Action>\n<ItemList>\n"
            + $"<Item name=\"goto-secure-mode\">pin</Item>\n<Item name=\"secure-mode-data\">{packed}</Item>\n<Item name=\"max-pin-retries\">5</Item>\n</ItemList>\n")));
        Assert.That(await phone.TalkAsync(TlsPhone.Reply("B2", "WriteItems")), Is.EqualTo(TlsPhone.Message("B2", CleanUp)));

        Assert.That(SecureModeData.TryUnpack(packed, pin[..^3], out var data), Is.True);
        Assert.That(data!.Port.ToString(CultureInfo.InvariantCulture), Is.EqualTo(Port));
        Assert.That(data.Authorities, Is.EqualTo(new[] { (await lab.Running.Api.GetStringAsync("/api/secure-mode/authority")).TrimEnd('\n') }));
        using var certificate = SecureLab.Certificate(data.ClientCertificate);
        var secured = lab.Secure(certificate);
        Assert.That(await secured.TalkAsync(secured.StartUp("B3")), Is.EqualTo(TlsPhone.Message("B3",
            "<Action>ReadItems</Action>\n<ItemList>\n<Item name=\"bootstrapping-tan\"></Item>\n</ItemList>\n")));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.SecureMode, Is.Null, "not before the TAN is right");
        Assert.That(await secured.TalkAsync(Tan("B4", pin[^3..])), Is.EqualTo(TlsPhone.Message("B4", CleanUp)));
        Assert.That(lab.Job(begun).State, Is.EqualTo(JobState.Succeeded));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.SecureMode, Is.Not.Null);
    }

    [Test]
    public async Task A_phone_with_a_wrong_TAN_is_let_in_neither_then_nor_when_it_calls_again()
    {
        var begun = await lab.BeginAsync(new { pin = true, pinValue = "open-sesame-xyz" });
        Assert.That(begun["pin"], Is.Null, "who gave the PIN knows it");
        var phone = lab.Default();
        var items = SecureLab.Items(await phone.TalkAsync(phone.Initiating("C1", "solicited")));
        Assert.That(items["max-pin-retries"], Is.EqualTo("3"));
        await phone.TalkAsync(TlsPhone.Reply("C2", "WriteItems"));
        Assert.That(SecureModeData.TryUnpack(items["secure-mode-data"], "open-sesame-", out var data), Is.True);
        using var certificate = SecureLab.Certificate(data!.ClientCertificate);
        var secured = lab.Secure(certificate);
        await secured.TalkAsync(secured.StartUp("C3"));
        Assert.That(await secured.TalkAsync(Tan("C4", "xyZ")), Is.EqualTo(TlsPhone.Message("C4",
            CleanUp + "<ItemList>\n<Item name=\"cleanup-reason\">wrong TAN from device</Item>\n</ItemList>\n")));
        Assert.That(lab.Job(begun).State, Is.EqualTo(JobState.Failed));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.SecureMode, Is.Null);

        Assert.That(await secured.PostAsync(secured.StartUp("C5")), Does.StartWith("HTTP/1.1 403"));
        Assert.That(lab.Observed, Does.Contain("secure-port-unexpected"));
        Assert.That(await phone.TalkAsync(phone.StartUp("C6")), Does.Contain("CleanUp"), "the default port is still its own");
    }

    [Test]
    public async Task A_PIN_entered_wrongly_too_often_fails_the_job_with_the_reason_of_the_phone()
    {
        var begun = await lab.BeginAsync(new { pin = true });
        var phone = lab.Default();
        await phone.TalkAsync(phone.Initiating("D1", "solicited"));
        await phone.TalkAsync(TlsPhone.Reply("D2", "WriteItems"));
        phone.Cookie = "";
        var report = phone.Initiating("D3", "clean-up", more: """<Item name="cleanup-reason">password retries exceeded</Item>""");
        Assert.That(await phone.TalkAsync(report), Is.EqualTo(TlsPhone.Message("D3", CleanUp)));
        Assert.That(lab.Job(begun), Has.Property("State").EqualTo(JobState.Failed));
        Assert.That(lab.Job(begun).History[^1].Text, Does.Contain("password retries exceeded"));
    }

    [Test]
    public async Task A_busy_phone_keeps_the_same_certificate_for_its_next_call()
    {
        var begun = await lab.BeginAsync(new { pin = false });
        var phone = lab.Default();
        var first = SecureLab.Items(await phone.TalkAsync(phone.Initiating("E1", "solicited")));
        await phone.TalkAsync(TlsPhone.Reply("E2", "WriteItems", "", "busy"));
        Assert.That(lab.Job(begun).State, Is.EqualTo(JobState.WaitingForIdle));
        phone.Cookie = "";
        var second = SecureLab.Items(await phone.TalkAsync(phone.Initiating("E3", "solicited")));
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public async Task After_a_new_authority_a_phone_is_given_both_the_new_one_first()
    {
        await lab.SecureAsync("00:1A:E8:00:00:02");
        lab.Server.Authority.Renew(null);
        await lab.BeginAsync(new { pin = false });
        var phone = lab.Default();
        var items = SecureLab.Items(await phone.TalkAsync(phone.Initiating("F1", "solicited")));
        await phone.TalkAsync(TlsPhone.Reply("F2", "WriteItems"));
        var trusted = lab.Server.Authority.Trusted;
        using var certificate = SecureLab.Certificate(items["dls-client-certificate"]);
        Assert.That(lab.Leads(certificate, items["dls-server-ca[0]"]), Is.True, "its own authority is the first");
        Assert.That(items["dls-server-ca[1]"], Is.EqualTo(OpenStage.Server.SecureMode.Authority.Pem(trusted[0])));
        var secured = lab.Secure(certificate);
        await secured.TalkAsync(secured.StartUp("F3"));
        Assert.That(lab.Leads(secured.Shown!, items["dls-server-ca[1]"]), Is.True, "the port still shows what older phones trust");
    }

    private static string Tan(string nonce, string tan) =>
        TlsPhone.Reply(nonce, "ReadItems", $"""<ItemList><Item name="bootstrapping-tan">{tan}</Item></ItemList>""");
}
