using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenStage.Harness.Phones;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Json;

namespace OpenStage.Harness.Lab;

/// <summary>Reads a lab file and names everything that is wrong with it at once.</summary>
public sealed partial class LabFileReader
{
    internal const string IdForm = "letters, digits, '-', '_' and '.'";
    internal const string MacForm = "six pairs of hex digits such as 00:1A:E8:00:00:01";

    private readonly string file;
    private readonly PlacedValues values;

    private LabFileReader(string file)
    {
        this.file = file;
        values = new PlacedValues(file);
    }

    private LabFileReader(PlacedValues values) => (file, this.values) = ("", values);

    /// <exception cref="LabFileException">The file is missing, is no JSON, or breaks the schema.</exception>
    public static LabFile Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new LabFileException([$"{path}: cannot be read: {broken.Message}"]);
        }

        return Parse(path, bytes);
    }

    internal static LabFile Parse(string path, byte[] utf8)
    {
        var reader = new LabFileReader(path);
        var lab = reader.values.Root(utf8) is { } root ? reader.Lab(root) : null;
        return lab is not null && reader.values.Problems.Count == 0 ? lab : throw new LabFileException(reader.values.Problems);
    }

    private LabFile Lab(PlacedJson root)
    {
        var keys = values.Keys(root, "$schema", "title", "seed", "patienceSeconds", "server", "phones", "services");
        var phones = values.Elements(keys, "phones").Select(Phone).ToList();
        var services = values.Elements(keys, "services").Select(json => new ServiceReader(values).Read(json, Id(), Mac())).ToList();
        if (phones.Count == 0 && (keys.ContainsKey("phones") || !keys.ContainsKey("services")))
            values.Say(root, "phones", "at least one phone is needed, or instead of the key phones at least one service in services.");
        if (services.Count == 0 && keys.TryGetValue("services", out var none) && none.Kind == JsonTokenType.StartArray)
            values.Say(none, none.Path, "at least one service is needed, or no such key.");
        foreach (var (name, value) in new (string, Func<LabPhone, string?>)[] { ("id", phone => phone.Id), ("mac", phone => phone.Mac), ("address", phone => phone.Address) })
            RefuseDoubles(keys.GetValueOrDefault("phones"), phones, name, value);
        RefuseSharedNames(keys.GetValueOrDefault("services"), services, phones);

        var server = keys.TryGetValue("server", out var given) ? Server(given) : new LabServer();
        if (phones.Exists(phone => phone.Kind == PhoneKind.Physical))
            CheckAdvertised(server, given ?? root);
        return new LabFile
        {
            File = file,
            Title = values.Text(keys, "title") ?? "",
            Seed = values.Number(keys, "seed", 0, int.MaxValue) ?? 1,
            Patience = TimeSpan.FromSeconds(values.Number(keys, "patienceSeconds", 1, 3600) ?? 30),
            Server = server,
            Phones = phones,
            Services = services,
        };
    }

    private LabServer Server(PlacedJson json)
    {
        var keys = values.Keys(json, "address", "advertised", "phonePort", "adminPort");
        return new LabServer
        {
            Address = ServerAddress(keys, "address") ?? "127.0.0.1",
            Advertised = ServerAddress(keys, "advertised"),
            PhonePort = values.Number(keys, "phonePort", 0, 65535) ?? 0,
            AdminPort = values.Number(keys, "adminPort", 0, 65535) ?? 0,
        };
    }

    private string? ServerAddress(Dictionary<string, PlacedJson> keys, string key)
    {
        var address = values.Text(keys, key);
        if (address is not null && !(IPAddress.TryParse(address, out var ip) && (key == "address" || !IsWildcard(ip))))
            values.Refuse(keys[key], "an IP address such as 127.0.0.1");
        return address;
    }

    private static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>Physical phones must be given an address that leads to the server.</summary>
    private void CheckAdvertised(LabServer server, PlacedJson root)
    {
        if (server.Advertised is null && IPAddress.TryParse(server.Address, out var address) && IsWildcard(address))
            values.Say(root, "server.advertised", $"the key is missing; physical phones cannot call {server.Address}.");
    }

    private LabPhone Phone(PlacedJson json)
    {
        var isPhysical = json.Members.Any(member => member is { Key: "kind", Value: { Kind: JsonTokenType.String, Text: "physical" } });
        var keys = values.Keys(json, isPhysical ? PhysicalPhoneReader.Keys : ["id", "kind", "mac", "model", "firmware", "address", "quirks", "fragmentItems"]);
        values.Word(keys, "kind", "emulated", "physical");
        var phone = Known(keys, json, isPhysical);
        return isPhysical ? new PhysicalPhoneReader(values).Complete(phone, keys, json) : Emulated(phone, keys);
    }

    /// <summary>An emulated phone out of keys that are known to be allowed.</summary>
    internal static LabPhone EmulatedPhone(PlacedValues values, Dictionary<string, PlacedJson> keys, PlacedJson json)
    {
        var reader = new LabFileReader(values);
        return reader.Emulated(reader.Known(keys, json, isPhysical: false), keys);
    }

    private LabPhone Known(Dictionary<string, PlacedJson> keys, PlacedJson json, bool isPhysical) => new()
    {
        Id = values.Matching(keys, json, "id", Id(), IdForm) ?? "",
        Mac = values.Matching(keys, json, "mac", Mac(), MacForm)?.ToUpperInvariant() ?? "",
        Model = isPhysical ? values.Matching(keys, json, "model", DeviceType(), "the phone's device-type such as OpenStage 40") ?? "" : Model(keys, json),
    };

    private LabPhone Emulated(LabPhone phone, Dictionary<string, PlacedJson> keys) => phone with
    {
        Firmware = Firmware(keys),
        Address = Address(keys),
        Quirks = [.. values.Elements(keys, "quirks").Select(Quirk)],
        FragmentItems = values.Number(keys, "fragmentItems", 1, 100_000),
    };

    private string Model(Dictionary<string, PlacedJson> keys, PlacedJson phone)
    {
        var model = values.Required(keys, phone, "model");
        if (model is not null && !EmulatedPhones.Models.Contains(model))
            values.Refuse(keys["model"], string.Join(", ", EmulatedPhones.Models));
        return model ?? "";
    }

    private string? Firmware(Dictionary<string, PlacedJson> keys)
    {
        var firmware = values.Text(keys, "firmware");
        if (firmware is not null && !FirmwareVersion.TryParse(firmware, out _))
            values.Refuse(keys["firmware"], "a version such as V3 R3.24.0");
        return firmware;
    }

    private string? Address(Dictionary<string, PlacedJson> keys)
    {
        var address = values.Text(keys, "address");
        if (address is not null && !(IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip)))
            values.Refuse(keys["address"], "a loopback address such as 127.20.0.15, as an emulated phone never leaves this machine");
        return address;
    }

    private string Quirk(PlacedJson json)
    {
        if (json.Kind != JsonTokenType.String || !EmulatedPhones.IsQuirk(json.Text))
            values.Refuse(json, EmulatedPhones.AllowedQuirks);
        return json.Text;
    }

    private void RefuseDoubles(PlacedJson? list, List<LabPhone> phones, string key, Func<LabPhone, string?> value)
    {
        for (var i = 0; i < phones.Count; i++)
        {
            var text = value(phones[i]);
            var first = phones.FindIndex(phone => text is { Length: > 0 } && value(phone) == text);
            if (first >= 0 && first < i)
                values.Say(list!.Elements[i], $"phones[{i}].{key}", $"'{text}' is taken by phones[{first}] already; each phone needs its own.");
        }
    }

    /// <summary>Ids and MAC addresses of services are those of no phone and of no other service.</summary>
    private void RefuseSharedNames(PlacedJson? list, List<LabService> services, List<LabPhone> phones)
    {
        var taken = new Dictionary<string, string>();
        foreach (var (phone, number) in phones.Select((phone, number) => (phone, number)))
        {
            taken.TryAdd(phone.Id, $"phones[{number}]");
            taken.TryAdd(phone.Mac, $"phones[{number}]");
        }

        for (var number = 0; number < services.Count; number++)
        {
            Refuse(number, "id", services[number].Id, "service");
            foreach (var (mac, place) in services[number].Macs.Select((mac, place) => (mac, place)))
                Refuse(number, $"macs[{place}]", mac, "scripted phone");
        }

        void Refuse(int number, string key, string text, string what)
        {
            if (text.Length > 0 && !taken.TryAdd(text, $"services[{number}]") && taken[text] is var owner && (owner != $"services[{number}]" || key == "id"))
                values.Say(list!.Elements[number], $"services[{number}].{key}", $"'{text}' is taken by {owner} already; each {what} needs its own.");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,40}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^\S.{0,59}$")]
    private static partial Regex DeviceType();

    [GeneratedRegex(@"^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$")]
    private static partial Regex Mac();
}
