using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>The form of a user's phone: the fields of the phones resource in groups.</summary>
internal static class PhoneForm
{
    /// <summary>What the template says, so that nobody needs to.</summary>
    private static readonly string[] OfTemplate = ["vendor", "model"];

    private static readonly (string Title, (string Name, string Label)[] Fields)[] Groups =
    [
        ("Phone", [("mac", "MAC address"), ("password", "Web password"), ("serial_number", "Serial number"), ("rps", "Redirect service"), ("https", "HTTPS")]),
        ("Language and time", [("language", "Language"), ("timezone", "Time zone"), ("date_format", "Date"), ("time_format", "Time")]),
        ("Calls", [("transfer", "Transfer"), ("interface", "Outbound proxy"), ("preferred_transport", "SIP transport"), ("codecs", "Codecs")]),
        ("Ring and display",
        [
            ("ringtone", "Ring tone"), ("queue_ringtone", "Ring of groups"), ("external_ringtone", "Ring from outside"), ("backlight", "Backlight"),
            ("screensaver", "Screen saver"), ("powerled", "Power LED"),
        ]),
        ("Network",
        [
            ("enable_lldp", "LLDP-MED"), ("enable_vlan_wan_port", "VLAN on the LAN port"), ("wan_port_id", "VLAN ID, LAN port"), ("wan_port_priority", "Priority, LAN port"),
            ("enable_vlan_pc_port", "VLAN on the PC port"), ("pc_port_id", "VLAN ID, PC port"), ("pc_port_priority", "Priority, PC port"),
        ]),
        ("Doors", [("door_password1", "Door code 1"), ("door_password2", "Door code 2")]),
    ];

    private static readonly Dictionary<string, PhoneField> Table = PhoneFieldTable.All.ToDictionary(field => field.Name);

    /// <summary>See <see cref="FormFields"/>.</summary>
    public static string NewFields { get; } = string.Join(' ', BodyForm.Fields(PhoneBodies.New).Split(' ').Except(OfTemplate));

    /// <inheritdoc cref="NewFields"/>
    public static string UpdateFields { get; } = BodyForm.Fields(PhoneBodies.Update);

    /// <summary>The form of a new phone as it is first shown.</summary>
    public static FormInput Blank(string filename, ModelProfile profile, string mac) => new(new Dictionary<string, string>
    {
        ["filename"] = filename,
        ["mac"] = mac,
        ["language"] = profile.Languages[0].Value,
        ["transfer"] = PhoneWords.Blind,
        ["interface"] = PhoneWords.WebDomain,
        ["preferred_transport"] = PhoneWords.Transports[^1],
        ["codecs"] = string.Join('\n', profile.Codecs.Select(codec => codec.Value)),
    });

    /// <summary>The fields of a phone; those that its model does not have are together at the end.</summary>
    /// <param name="now">The form of what is stored; of a new phone of what is offered.</param>
    /// <param name="stored">The phone, or null for a new one.</param>
    public static IReadOnlyList<FieldGroup> Of(BodySchema schema, ModelProfile profile, FormInput now, PhoneView? stored)
    {
        var fields = schema.Fields.ToDictionary(field => field.Name);
        var groups = Groups.Select(group => (group.Title, Fields: group.Fields.Where(field => fields.ContainsKey(field.Name)).ToList())).ToList();
        var missing = groups.SelectMany(group => group.Fields).Where(field => !IsAt(field.Name, profile)).ToList();
        FieldModel Show((string Name, string Label) field) => BodyForm.Field(fields[field.Name], field.Label, Values(field.Name, profile), now[field.Name], IsStored(field.Name, stored));
        return
        [
            .. groups.Select(group => new FieldGroup(group.Title, [.. group.Fields.Except(missing).Select(Show)])).Where(group => group.Fields.Count > 0),
            .. missing.Count == 0 ? Enumerable.Empty<FieldGroup>() :
                [new FieldGroup($"Not of the {profile.DisplayName}", [.. missing.Select(Show)], "Not applicable to this model: the values are kept, and go nowhere.")],
        ];
    }

    private static bool IsAt(string name, ModelProfile profile) => !Table.TryGetValue(name, out var field) || field.IsAt(profile);

    private static List<string>? Values(string name, ModelProfile profile) => name == "codecs"
        ? [.. profile.Codecs.Select(codec => codec.Value)]
        : Table.GetValueOrDefault(name)?.Values?.Invoke(profile).Select(value => value.Value).ToList();

    private static bool IsStored(string name, PhoneView? stored) => name switch
    {
        "password" => stored is not null,
        "door_password1" => stored?.DoorPassword1 is not null,
        "door_password2" => stored?.DoorPassword2 is not null,
        _ => false,
    };
}
