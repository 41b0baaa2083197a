using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>How the service learns what has changed (WPI guide p.34, p.40).</summary>
[Guide("3.5.2", Page = 40)]
public sealed class ReportedChanges(string phoneId) : PhoneCases(phoneId)
{
    [Case("wpi/3.5.2/5", Level.Must, "configuration-changed-flag is false when nothing was changed since the last exchange.", Page = 34, Catches = ["changed-flag-for-ever"])]
    public async Task After_ReadAllItems_nothing_has_changed()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.ReadAllAsync();
        await talk.EndAsync();
        using var next = await Phone.SolicitAsync();
        await next.EndAsync();
        ExpectText("false", next.Last.Item("configuration-changed-flag")?.Text, "configuration-changed-flag");
    }

    [Case("wpi/3.5.2/6", Level.Must, "Items that were changed together are all attached.",
        Needs = Capability.LocalChange | Capability.AttachedChanges, Catches = ["attached-items-missing"])]
    public async Task Two_changes_are_both_attached()
    {
        using var talk = Phone.Listen();
        await Phone.ChangeLocallyAsync(new Item("sntp-addr", "ntp13.example.net"), new Item("default-domain", "local.example.net"));
        var message = await talk.NextAsync("local-changes after two changes at the phone");
        await talk.EndAsync();
        ExpectText("ntp13.example.net", message.Item("sntp-addr")?.Text, "sntp-addr");
        ExpectText("local.example.net", message.Item("default-domain")?.Text, "default-domain");
    }

    [Case("wpi/3.5.2/8", Level.Should, "A change is reported once.", Page = 37, Needs = Capability.LocalChange, Catches = ["local-changes-storm"])]
    public async Task A_change_is_reported_once()
    {
        using var talk = Phone.Listen();
        await Phone.ChangeLocallyAsync(new Item("sntp-addr", "ntp16.example.net"));
        await talk.NextAsync("local-changes after a change at the phone");
        await talk.EndAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after the one report");
    }

    [Case("wpi/3.5.2/7", Level.Should, "local-changes may be answered with ReadAllItems.", Needs = Capability.LocalChange, Catches = ["read-all-refused"])]
    public async Task Local_changes_can_be_followed_by_ReadAllItems()
    {
        using var talk = Phone.Listen();
        await Phone.ChangeLocallyAsync(new Item("sntp-addr", "ntp14.example.net"));
        await talk.NextAsync("local-changes after a change at the phone");
        var reply = await talk.AskAsync(ServerAction.ReadAllItems);
        await talk.EndAsync();
        ExpectText("accepted", reply.Status?.ToLowerInvariant(), "status");
    }
}
