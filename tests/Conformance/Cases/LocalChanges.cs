using System.Globalization;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>What a phone sends when somebody changes a setting at the phone (WPI guide p.37-40).</summary>
[Guide("3.5.2", Page = 37)]
public sealed class LocalChanges(string phoneId) : PhoneCases(phoneId)
{
    [Case("wpi/3.5.2/1", Level.Must, "A local change is reported with reason local-changes.",
        Needs = Capability.LocalChange, Catches = ["local-changes-missing"])]
    public async Task A_local_change_is_reported()
    {
        var message = await ChangeAsync("ntp2.example.net");
        ExpectText("local-changes", message.Reason, "ReasonForContact");
    }

    [Case("wpi/3.5.2/2", Level.Must, "local-changes says configuration-changed-flag true.",
        Needs = Capability.LocalChange, Catches = ["local-changes-without-flag"])]
    public async Task Local_changes_set_the_changed_flag()
    {
        var message = await ChangeAsync("ntp3.example.net");
        ExpectText("true", message.Item("configuration-changed-flag")?.Text, "configuration-changed-flag");
    }

    [Case("wpi/3.5.2/3", Level.Must, "From V2R2 on, local-changes carries the changed items.", Page = 40,
        Needs = Capability.LocalChange | Capability.AttachedChanges, Catches = ["attached-items-missing"])]
    public async Task The_changed_item_is_attached()
    {
        var message = await ChangeAsync("ntp4.example.net");
        ExpectText("true", message.Item("configuration-attached-flag")?.Text, "configuration-attached-flag");
        ExpectText("ntp4.example.net", message.Item("sntp-addr")?.Text, "sntp-addr");
    }

    [Case("wpi/3.5.2/4", Level.Informational, "configuration-attached-number counts the attached items; the guide's example does not.", Page = 40,
        Needs = Capability.LocalChange | Capability.AttachedChanges, Catches = ["attached-number-wrong"])]
    public async Task The_attached_number_counts_the_changed_items()
    {
        var message = await ChangeAsync("ntp5.example.net");
        ExpectText(1.ToString(CultureInfo.InvariantCulture), message.Item("configuration-attached-number")?.Text, "configuration-attached-number");
    }

    private async Task<WireMessage> ChangeAsync(string value)
    {
        using var talk = Phone.Listen();
        await Phone.ChangeLocallyAsync(new Item("sntp-addr", value));
        var message = await talk.NextAsync("local-changes after a change at the phone");
        await talk.EndAsync();
        return message;
    }
}
