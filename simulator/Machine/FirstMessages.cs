using System.Globalization;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Machine;

/// <summary>The items of a message that opens an interaction (WPI guide p.35, p.40).</summary>
internal sealed class FirstMessages(PhoneIdentity identity, PhoneMemory memory)
{
    /// <summary>V3R1 and later report these too (field).</summary>
    private static readonly string[] Faults =
    [
        "slog-archive-me", "fault-report-slog-entry", "fault-time-slog-entry", "fault-report-ocsr-connect",
        "fault-time-ocsr-connect", "fault-report-admin-pwd", "fault-time-admin-pwd", "fault-report-user-pwd",
        "fault-time-user-pwd", "cloud-pin-value",
    ];

    private FirmwareCapabilities Can => memory.Can;

    /// <summary>The items of start-up and solicited.</summary>
    public IReadOnlyList<Item> StartUp(bool changed, ContactReason reason = ContactReason.StartUp) =>
        memory.Recorded?.First(reason) is { } recorded ? AsRecorded(recorded, changed) : StartUp(changed, withBacklight: HasBacklight);

    /// <summary>The items of inventory-changes: as start-up without backlight-type, then what is plugged in (field).</summary>
    public IReadOnlyList<Item> Inventory(bool changed) =>
    [
        .. StartUp(changed, withBacklight: false),
        Read("key-modules"),
        new Item("blf-modules") { Status = ItemStatus.Failed },
        Read("slk-modules"),
        Read("km15-modules"),
    ];

    private List<Item> StartUp(bool changed, bool withBacklight)
    {
        var items = Head(changed);
        items.Add(Read("part-number"));
        if (withBacklight)
            items.Add(Read("backlight-type"));
        foreach (var name in new[] { "sip-mobility-state", "e164", "bootstrapping-tan", "basic-e164", "mobility-enabled" })
            items.Add(Read(name));
        if (Can.ReportsFaults)
            items.AddRange(Faults.Select(Read));
        return items;
    }

    /// <summary>The items of local-changes: from V2R2 on with the changed ones at the end (p.37, p.40).</summary>
    public IReadOnlyList<Item> LocalChanges(IReadOnlyList<Item> changed)
    {
        if (memory.Recorded?.First(ContactReason.LocalChanges) is { } recorded)
        {
            var head = AsRecorded(Rewriting.HeadOnly(recorded), changed: true);
            return [.. Rewriting.Each(head, item => item.Name == "configuration-attached-number" ? item with { Value = Count(changed) } : item)!, .. Can.AttachesLocalChanges ? changed : []];
        }

        var items = Head(changed: true);
        if (Can.AttachesLocalChanges)
        {
            items.Add(new Item("configuration-attached-flag", "true"));
            // The guide's own example counts 2 where 4 follow (p.40); INFERRED: the number of changed items.
            items.Add(new Item("configuration-attached-number", Count(changed)));
        }

        items.Add(Read("part-number"));
        if (HasBacklight)
            items.Add(Read("backlight-type"));
        foreach (var name in new[] { "sip-mobility-state", "e164", "user-pwd", "mobility-enabled", "basic-e164" })
            items.Add(Read(name));
        if (Can.AttachesLocalChanges)
            items.AddRange(changed);
        return items;
    }

    private static string Count(IReadOnlyList<Item> items) => items.Count.ToString(CultureInfo.InvariantCulture);

    private IReadOnlyList<Item> AsRecorded(IReadOnlyList<Item> recorded, bool changed) =>
    [
        .. recorded.Select(item => item with
        {
            Value = item.Name switch
            {
                "configuration-changed-flag" => changed ? "true" : "false",
                "configuration-attached-flag" => item.Value,
                _ => memory.Read(item.Key),
            },
        }),
    ];

    /// <summary>The item appears with V2R2 (p.40), on models that have a backlight.</summary>
    private bool HasBacklight => identity.Model.BacklightType is not null && Can.ReportsBacklight;

    /// <summary>What all of them begin with; with room for what follows.</summary>
    private List<Item> Head(bool changed) => new(capacity: 32)
    {
        Read("device-type"),
        Read("related-device-type"),
        Can.ReportsGigabitEnabled
            ? Read("gigabit-ethernet-enabled")
            : new Item("gigabit-ethernet") { Status = ItemStatus.Failed },
        Read("software-type"),
        Read("related-software-type"),
        Read("software-version"),
        Read("related-software-version"),
        Read("contact-me-uri"),
        Read("mac-addr"),
        new Item("configuration-changed-flag", changed ? "true" : "false"),
    };

    private Item Read(string name) => new(name, memory.Read(new ItemKey(name)));
}
