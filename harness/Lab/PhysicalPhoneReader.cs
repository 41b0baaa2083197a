using System.Net;
using System.Text.Json;
using OpenStage.Harness.Phones;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Json;

namespace OpenStage.Harness.Lab;

/// <summary>Reads what a lab file says of a physical phone alone: address, firmware, owner, consent and actuators.</summary>
internal sealed class PhysicalPhoneReader(PlacedValues values)
{
    /// <summary>Stands for an address that only the phone's own start-up tells.</summary>
    public const string WaitForStartUp = "wait for start-up";

    /// <summary>Keys of a physical phone.</summary>
    public static readonly string[] Keys =
        ["id", "kind", "mac", "model", "address", "firmwareAllowed", "owner", "consent", "capabilities", "actuators"];

    private static readonly (string Key, Consent Consent)[] Consents =
        [("reboot", Consent.Reboot), ("changeSettings", Consent.ChangeSettings), ("upgrade", Consent.Upgrade), ("factoryReset", Consent.FactoryReset)];

    private static readonly Dictionary<string, Capability> Known = new()
    {
        ["fragments"] = Capability.Fragments,
        ["send-solicited"] = Capability.SendSolicited,
        ["attached-changes"] = Capability.AttachedChanges,
    };

    public LabPhone Complete(LabPhone phone, Dictionary<string, PlacedJson> keys, PlacedJson json) => phone with
    {
        Kind = PhoneKind.Physical,
        Address = Address(keys, json),
        FirmwareAllowed = [.. values.Elements(keys, "firmwareAllowed").Select(Firmware)],
        Owner = Owner(keys, json),
        Consent = ConsentOf(keys, json),
        Capabilities = values.Elements(keys, "capabilities").Select(Can).Aggregate(Capability.None, (all, one) => all | one),
        Actuators = keys.TryGetValue("actuators", out var actuators) ? Actuators(actuators) : LabActuators.None,
    };

    private string? Address(Dictionary<string, PlacedJson> keys, PlacedJson json)
    {
        var address = values.Required(keys, json, "address");
        if (address is null or WaitForStartUp)
            return null;
        if (!IPAddress.TryParse(address, out var ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            values.Refuse(keys["address"], $"the phone's IP address such as 10.1.2.30, or '{WaitForStartUp}'");
        return address;
    }

    private string Firmware(PlacedJson json)
    {
        var text = values.Text(json);
        if (text is not null && !FirmwareVersion.TryParse(text, out _))
            values.Refuse(json, "a version such as V3 R3.24.0");
        return text ?? "";
    }

    private string Owner(Dictionary<string, PlacedJson> keys, PlacedJson json)
    {
        var owner = values.Required(keys, json, "owner");
        if (owner is not null && owner.Trim().Length == 0)
            values.Refuse(keys["owner"], "the name of who answers for the phone");
        return owner ?? "";
    }

    private Consent ConsentOf(Dictionary<string, PlacedJson> keys, PlacedJson json)
    {
        // Silence is no consent, so it must be written down, be it as {}.
        values.Demand(keys, json, "consent");
        if (!keys.TryGetValue("consent", out var consent))
            return Consent.None;
        var given = values.Keys(consent, [.. Consents.Select(entry => entry.Key)]);
        return Consents.Where(entry => values.Flag(given, entry.Key)).Aggregate(Consent.None, (all, entry) => all | entry.Consent);
    }

    private Capability Can(PlacedJson json)
    {
        if (json.Kind == JsonTokenType.String && Known.TryGetValue(json.Text, out var capability))
            return capability;
        values.Refuse(json, string.Join(", ", Known.Keys));
        return Capability.None;
    }

    private LabActuators Actuators(PlacedJson json)
    {
        var keys = values.Keys(json, "power", "call", "localChange");
        return new LabActuators(
            keys.TryGetValue("power", out var power) ? Actuator(power, "command", "rest") : null,
            keys.TryGetValue("call", out var call) ? Actuator(call, "command", "prompt") : null,
            keys.TryGetValue("localChange", out var change) ? Actuator(change, "prompt") : null);
    }

    private LabActuator? Actuator(PlacedJson json, params string[] kinds)
    {
        var keys = values.Keys(json, "kind", "on", "off", "method", "timeoutSeconds");
        values.Demand(keys, json, "kind");
        if (values.Word(keys, "kind", kinds) is not { } kind)
            return null;
        var seconds = values.Number(keys, "timeoutSeconds", 1, 600);
        if (kind == "prompt")
        {
            foreach (var key in keys.Keys.Intersect(["on", "off", "method"]))
                values.Say(keys[key], keys[key].Path, "a prompt has no such key; allowed are kind, timeoutSeconds.");
            return new LabActuator { Kind = ActuatorKind.Prompt, Timeout = TimeSpan.FromSeconds(seconds ?? 600) };
        }

        if (kind == "command" && keys.TryGetValue("method", out var method))
            values.Say(method, method.Path, "a command has no such key; allowed are kind, on, off, timeoutSeconds.");
        return new LabActuator
        {
            Kind = kind == "rest" ? ActuatorKind.Rest : ActuatorKind.Command,
            On = Position(keys, json, "on", kind),
            Off = Position(keys, json, "off", kind),
            Method = kind == "rest" ? values.Word(keys, "method", "GET", "POST", "PUT") ?? "POST" : "POST",
            Timeout = TimeSpan.FromSeconds(seconds ?? 30),
        };
    }

    private List<string> Position(Dictionary<string, PlacedJson> keys, PlacedJson json, string key, string kind)
    {
        values.Demand(keys, json, key);
        if (!keys.TryGetValue(key, out var value))
            return [];
        if (kind == "command")
            return values.Command(keys, key, "[\"snmpset\", \"-v2c\"]");

        var url = values.Text(value);
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            values.Refuse(value, "an http or https address such as https://10.1.2.2/ports/7/on");
        return [url ?? ""];
    }
}
