using System.Text.RegularExpressions;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases;

/// <summary>What a phone sends when it starts (WPI guide p.32-35).</summary>
[Guide("3.5.1", Page = 35)]
public sealed partial class StartUp(string phoneId) : PhoneCases(phoneId)
{
    private static readonly string[] TableOfTheGuide =
        ["device-type", "related-device-type", "software-type", "related-software-type", "contact-me-uri", "mac-addr"];

    [Case("wpi/3.5.1/1", Level.Must, "Start-up carries the items of the table on page 35.",
        Needs = Capability.Restart, Catches = ["start-up-items-missing"])]
    public async Task Start_up_carries_the_items_of_the_table()
    {
        var message = await StartUpAsync();
        var missing = TableOfTheGuide.Where(name => message.Item(name) is null).ToList();
        Expect(missing.Count == 0, string.Join(", ", TableOfTheGuide), $"without {string.Join(", ", missing)}");
    }

    [Case("wpi/3.5.1/2", Level.Must, "device-type is the phone's variant.",
        Needs = Capability.Restart, Catches = ["device-type-wrong"])]
    public async Task The_device_type_is_that_of_the_phone()
    {
        var message = await StartUpAsync();
        ExpectText(Phone.Entry.Model, message.Item("device-type")?.Text, "device-type");
    }

    [Case("wpi/3.5.1/3", Level.Must, "software-type of a SIP phone is Siemens SIP.",
        Needs = Capability.Restart, Catches = ["software-type-wrong"])]
    public async Task The_software_type_is_Siemens_SIP()
    {
        var message = await StartUpAsync();
        ExpectText("Siemens SIP", message.Item("software-type")?.Text, "software-type");
    }

    [Case("wpi/3.5.1/4", Level.Must, "software-version is written as in V2 R2.30.0.", Page = 40,
        Needs = Capability.Restart, Catches = ["version-malformed"])]
    public async Task The_software_version_has_the_form_of_the_guide()
    {
        var message = await StartUpAsync();
        var version = message.Item("software-version")?.Text;
        Expect(version is not null && Version().IsMatch(version), "a version such as V2 R2.30.0", version is null ? "none" : $"'{version}'");
    }

    private async Task<WireMessage> StartUpAsync()
    {
        using var talk = await Phone.RestartAsync();
        await talk.EndAsync();
        return talk.Last;
    }

    [GeneratedRegex(@"^V\d+ R\d+(\.\d+){1,2}$")]
    private static partial Regex Version();
}
