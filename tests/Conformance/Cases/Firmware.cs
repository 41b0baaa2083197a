using System.Globalization;
using System.Text.RegularExpressions;
using OpenStage.Harness.Conversations;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>New firmware for a phone, and back again (WPI guide p.56-57).</summary>
[Guide("3.6", Page = 56)]
public sealed partial class Firmware(string phoneId) : PhoneCases(phoneId)
{
    [Case("wpi/3.6/20", Level.Must, "New firmware is followed by start-up.", Needs = Capability.Firmware, Catches = ["restart-without-start-up", "deployments-ignored"])]
    public async Task New_firmware_is_followed_by_start_up() => await ChangedAsync(message => ExpectText("start-up", message.Reason, "ReasonForContact"));

    [Case("wpi/3.6/21", Level.Must, "SoftwareDeployment is not replied to.", Needs = Capability.Firmware, Catches = ["answers-deployments"])]
    public async Task SoftwareDeployment_is_not_replied_to() =>
        await ChangedAsync(message => Expect(message.Reason != "reply-to", "no reply before start-up", message.ToString()));

    [Case("wpi/3.6/22", Level.Must, "software-version is the new one afterwards.", Page = 57, Needs = Capability.Firmware, Catches = ["firmware-unchanged"])]
    public async Task The_version_is_the_new_one() => await ChangedAsync(message => ExpectText(Other, message.Item("software-version")?.Text, "software-version"));

    [Case("wpi/3.6/23", Level.Must, "With priority normal a phone in a call rejects new firmware.",
        Needs = Capability.Firmware | Capability.Call, Catches = ["takes-firmware-in-call"])]
    public async Task A_phone_in_a_call_rejects_firmware_of_normal_priority()
    {
        await Phone.StartCallAsync();
        await ChangedAsync(message => Expect(message.Reason == "reply-to" && message.Status?.ToLowerInvariant() is "busy" or "failed", "reply-to busy or failed", message.ToString()), "normal");
    }

    [Case("wpi/3.6/24", Level.Must, "With priority immediate a phone in a call takes new firmware.",
        Needs = Capability.Firmware | Capability.Call, Catches = ["refuses-firmware-in-call"])]
    public async Task A_phone_in_a_call_takes_firmware_of_priority_immediate()
    {
        await Phone.StartCallAsync();
        await ChangedAsync(message => ExpectText("start-up", message.Reason, "ReasonForContact"), "immediate");
    }

    /// <summary>The version that the phone came with, and another one.</summary>
    private string Own => Phone.Firmware.ToString();

    private string Other => Release().Replace(Own, match => "." + (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture), 1);

    /// <summary>Gives the phone the other version, looks at what it says, and gives it its own one again.</summary>
    private async Task ChangedAsync(Action<WireMessage> check, string priority = "immediate")
    {
        using var shelf = Phone.Serve(ListenerKind.Https, request =>
            new LabAnswer(200, Phone.FirmwareImage(request.Target.EndsWith("own.img", StringComparison.Ordinal) ? Own : Other), "application/octet-stream"));
        using var talk = await Phone.SolicitAsync();
        var message = await InstallAsync(talk, shelf, "other.img", Other, priority);
        try
        {
            check(message);
        }
        finally
        {
            await Phone.EndCallAsync();
            if (message.Reason == "start-up")
                await InstallAsync(talk, shelf, "own.img", Own, "immediate");
            await talk.EndAsync();
        }
    }

    private static async Task<WireMessage> InstallAsync(Conversation talk, LabListener shelf, string name, string version, string priority)
    {
        talk.Answer(ServerAction.SoftwareDeployment,
            new Item("file-https-base-url", new Uri(shelf.Url, $"/{name}").ToString()), new Item("file-type", "APP"), new Item("file-sw-type", "Siemens SIP"),
            new Item("file-sw-version", version.TrimStart('V').Replace(" R", ".", StringComparison.Ordinal)), new Item("file-priority", priority));
        return await talk.NextAsync("start-up with the firmware", LabSession.RestartPatience);
    }

    [GeneratedRegex(@"\.(\d+)")]
    private static partial Regex Release();
}
