using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>What a service does when a phone calls of its own accord (WPI guide p.28-40).</summary>
[Guide("3.5.1", Page = 34)]
public sealed class ServiceFirstContact(string serviceId) : ServiceCases(serviceId)
{
    [Case("srv/3.5.1/1", Level.Should, "A phone whose settings changed is asked for all its items.", Catches = ["start-up-ended"])]
    public async Task A_changed_phone_is_asked_for_all_items()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", Phone.AllItems)));
    }

    [Case("srv/3.5.1/2", Level.Should, "start-up of a known phone without changes may be answered with CleanUp; it ends with it in any case.", Catches = ["never-clean-up"])]
    public async Task An_unchanged_phone_is_let_go()
    {
        await RegisterAsync(Phone);
        ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("start-up")));
    }

    [Case("srv/3.5.1/3", Level.Must, "ReadAllItems has no items.", Page = 30, Catches = ["read-all-with-items"])]
    public async Task ReadAllItems_has_no_items()
    {
        var asked = await Phone.SayAsync("start-up", isChanged: true);
        ExpectAction("ReadAllItems", asked);
        Expect(asked.Items.Count == 0, "no items", string.Join(", ", asked.Items));
        await Phone.FollowAsync(asked);
    }

    [Case("srv/3.5.2/1", Level.Must, "local-changes of firmware until V2R1 is answered with ReadAllItems.", Page = 37, Catches = ["local-changes-ended"])]
    public async Task Local_changes_of_old_firmware_bring_ReadAllItems()
    {
        Phone.Firmware = "V2 R1.30.0";
        await RegisterAsync(Phone);
        ExpectAction("ReadAllItems", await Phone.SayAsync("local-changes", isChanged: true));
        ExpectEnd(await Phone.FollowAsync(await Phone.ReplyAsync("ReadAllItems", Phone.AllItems)));
    }

    [Case("srv/3.5.2/2", Level.Should, "local-changes that have the changed items with them end with CleanUp.", Page = 40, Catches = ["never-clean-up"])]
    public async Task Local_changes_with_the_items_end()
    {
        await RegisterAsync(Phone);
        Item[] attached = [new("configuration-attached-flag", "true"), new("configuration-attached-number", "1"), new("vlan-method", "1")];
        ExpectEnd(await Phone.FollowAsync(await Phone.SayAsync("local-changes", isChanged: true, attached)));
    }

    [Case("srv/3.3/16", Level.Informational, "inventory-changes is answered with CleanUp.", Page = 28, Catches = ["inventory-read"])]
    public async Task Inventory_changes_are_answered_with_CleanUp()
    {
        await RegisterAsync(Phone);
        ExpectEnd(await Phone.SayAsync("inventory-changes", isChanged: false, new Item("key-modules", "1")));
    }

    [Case("srv/3.3/17", Level.Must, "status is answered with CleanUp or the next action.", Page = 52, Catches = ["status-refused"])]
    public async Task A_status_of_no_job_is_answered()
    {
        await RegisterAsync(Phone);
        var answer = await Phone.SayAsync("status", isChanged: false, [
            new("file-deployment-date", "21:11:2026"), new("file-deployment-time", "12:00:00"), new("file-deployment-name", "logo.png"),
            new("file-deployment-type", "LOGO"), new("file-deployment-status", "ok")]);
        ExpectEnd(await Phone.FollowAsync(answer));
    }

    [Case("srv/3.3/18", Level.Informational, "A clean-up of the phone is answered with CleanUp.", Page = 83, Catches = ["clean-up-answered-with-work"])]
    public async Task A_clean_up_of_the_phone_is_answered_with_CleanUp()
    {
        ExpectAction("ReadAllItems", await Phone.SayAsync("start-up", isChanged: true));
        ExpectEnd(await Phone.PostAsync(new PhoneMessage
        {
            Reason = "clean-up",
            Nonce = ScriptedPhone.NewNonce(),
            Items = [new("mac-addr", Phone.Mac), new("cleanup-reason", "invalid message")],
        }));
    }
}
