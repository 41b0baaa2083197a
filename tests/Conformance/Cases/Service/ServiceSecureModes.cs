using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Harness.Listening;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>How a service brings phones to Secure Mode and what it lets in there (WPI guide p.62-68).</summary>
[Guide("3", Page = 64)]
public sealed class ServiceSecureModes(string serviceId) : ServiceCases(serviceId)
{
    private const string Pin = "4711081512";

    [Case("srv/3/1", Level.Must, "The change to Secure Mode brings certificate, authority and port, and ends with CleanUp.", ServiceNeeds = ServiceCapability.SecureMode, Catches = ["secure-port-not-told"])]
    public Task The_change_brings_all_that_the_phone_needs() => ThenReleaseAsync(async () =>
    {
        var asked = await AskedForAsync();
        foreach (var name in new[] { "dls-client-certificate", "dls-secure-port" })
            Expect(asked.Message.Item(name) is { Text.Length: > 0 }, name, "none");
        Expect(asked.Items.Any(item => item is { Name: "dls-server-ca", Index: "0" }), "dls-server-ca with index 0", "none");
        ExpectEnd(await Phone.FollowAsync(asked));
    });

    [Case("srv/3/2", Level.Must, "goto-secure-mode is in no other message than that of the change to Secure Mode.", Page = 62,
        ServiceNeeds = ServiceCapability.SecureMode | ServiceCapability.WriteItems, Catches = ["goto-secure-mode-everywhere"])]
    public async Task Only_the_change_to_Secure_Mode_says_so()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.WriteItems, new Item("sntp-addr", "ntp9.example.net")), "WriteItems");
        Expect(asked.Message.Item("goto-secure-mode") is null, "no goto-secure-mode", "one");
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    [Case("srv/3/3", Level.Must, "A phone with its certificate is served on the secure port.", ServiceNeeds = ServiceCapability.SecureMode, Catches = ["secure-port-closed"])]
    public Task A_phone_with_its_certificate_is_served_on_the_secure_port() => ThenReleaseAsync(async () =>
    {
        using var own = await SecuredAsync();
        var (answer, error) = await SecureAsync(own);
        Expect(answer is { Status: 200, Action.Length: > 0 }, "an action on the secure port", answer?.ToString() ?? $"none: {error}");
    });

    [Case("srv/3/4", Level.Must, "In Secure Mode a phone without a certificate is not served.", Page = 62, ServiceNeeds = ServiceCapability.SecureMode, Catches = ["secure-port-open-to-all"])]
    public Task Without_a_certificate_the_secure_port_serves_nobody() => ThenReleaseAsync(async () =>
    {
        using var own = await SecuredAsync();
        ExpectRefused((await SecureAsync(null)).Answer, "no message on the secure port");
    });

    [Case("srv/3/5", Level.Must, "The service checks the phone's certificate: one of another authority is not served.", Page = 65,
        ServiceNeeds = ServiceCapability.SecureMode, Catches = ["secure-port-open-to-all"])]
    public Task A_certificate_of_another_authority_is_not_served() => ThenReleaseAsync(async () =>
    {
        using var own = await SecuredAsync();
        using var foreign = Load(LabCertificate.Make(Phone.Mac).Bundle);
        ExpectRefused((await SecureAsync(foreign)).Answer, "no message on the secure port");
    });

    [Case("srv/3/6", Level.Must, "The default port is closed for a phone in Secure Mode.", ServiceNeeds = ServiceCapability.SecureMode, Catches = ["default-port-open"])]
    public Task The_default_port_is_closed_for_a_phone_in_Secure_Mode() => ThenReleaseAsync(async () =>
    {
        using var own = await SecuredAsync();
        await SecureAsync(own);
        var (answer, _) = await Phone.TryPostAsync(Phone.Initiating("start-up", isChanged: true).ToBytes());
        if (answer is not { Ends: true })
            ExpectRefused(answer, "no action on the default port");
    });

    [Case("srv/3/7", Level.Must, "A wrong TAN is answered with CleanUp and 'wrong TAN from device'.", Page = 31,
        ServiceNeeds = ServiceCapability.SecureModePin, Catches = ["secure-port-open-to-all"])]
    public Task A_wrong_TAN_is_answered_with_the_reason() => ThenReleaseAsync(async () =>
    {
        using var own = await WithPinAsync();
        var (asked, refusal) = await SecureAsync(own);
        Expect(asked?.Message.Item("bootstrapping-tan") is not null, "ReadItems of bootstrapping-tan", asked?.ToString() ?? $"none: {refusal}");
        var (answer, error) = await Phone.TryPostAsync(
            Phone.Reply("ReadItems", new Item("bootstrapping-tan", "000")).ToBytes(), new PhonePost { Secure = true, Certificate = own });
        Expect(answer is { Ends: true }, "CleanUp", answer?.ToString() ?? $"none: {error}");
        ExpectText("wrong TAN from device", answer!.Message.Item("cleanup-reason")?.Text, "cleanup-reason");
    });

    /// <summary>Has the service bring the phone to Secure Mode.</summary>
    /// <returns>The message that does.</returns>
    private async Task<ServiceAnswer> AskedForAsync(string pin = "")
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.SecureMode) with { Pin = pin }, "WriteItems");
        ExpectText(pin.Length > 0 ? "pin" : "nopin", asked.Message.Item("goto-secure-mode")?.Text, "goto-secure-mode");
        return asked;
    }

    /// <summary>Brings the phone to where it shall call on the secure port, and gives its certificate.</summary>
    private async Task<X509Certificate2> SecuredAsync()
    {
        var asked = await AskedForAsync();
        var own = Load(asked.Message.Item("dls-client-certificate")?.Text ?? "");
        ExpectEnd(await Phone.FollowAsync(asked));
        return own;
    }

    private async Task<X509Certificate2> WithPinAsync()
    {
        var asked = await AskedForAsync(Pin);
        SecureModeData.TrySplit(Pin, out var password, out _);
        if (!SecureModeData.TryUnpack(asked.Message.Item("secure-mode-data")?.Text ?? "", password, out var data))
            throw new ConformanceException("secure-mode-data that opens with the PIN", "other data");
        ExpectEnd(await Phone.FollowAsync(asked));
        return Load(data.ClientCertificate);
    }

    private Task<(ServiceAnswer? Answer, string Error)> SecureAsync(X509Certificate2? own) =>
        Phone.TryPostAsync(Phone.Initiating("start-up", isChanged: true).ToBytes(), new PhonePost { Secure = true, Certificate = own, NoCookie = true });

    private static void ExpectRefused(ServiceAnswer? answer, string expected) => Expect(answer is null or { Status: >= 400 and < 500 }, expected, answer?.ToString() ?? "");

    /// <summary>Whatever becomes of the case, its phone goes back to Default Mode for the next.</summary>
    private async Task ThenReleaseAsync(Func<Task> body)
    {
        try
        {
            await body();
        }
        catch (ConformanceException)
        {
            try
            {
                await ReleaseAsync();
            }
            catch (LabErrorException)
            {
                // It had not come that far; what the case found is what counts.
            }

            throw;
        }

        await ReleaseAsync();
    }

    private Task ReleaseAsync() => Service.OrderAsync(Job(ServiceJobKind.DefaultMode));

    private static X509Certificate2 Load(string bundle)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(bundle), "", X509KeyStorageFlags.Exportable);
        }
        catch (Exception broken) when (broken is FormatException or CryptographicException)
        {
            throw new ConformanceException("a certificate with its key, PKCS#12 in base64", broken.Message);
        }
    }
}
