using System.Globalization;
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
    private readonly string file;
    private readonly List<string> problems = [];

    private LabFileReader(string file) => this.file = file;

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
        PlacedJson root;
        try
        {
            root = PlacedJson.Parse(utf8);
        }
        catch (JsonException broken)
        {
            throw new LabFileException([$"{path}:{(broken.LineNumber ?? 0) + 1}: no valid JSON: {broken.Message.Split(". Path", 2)[0].Split(" LineNumber", 2)[0]}"]);
        }

        var lab = reader.Lab(root);
        return reader.problems.Count == 0 ? lab : throw new LabFileException(reader.problems);
    }

    private LabFile Lab(PlacedJson root)
    {
        var keys = Keys(root, "$schema", "title", "seed", "patienceSeconds", "server", "phones");
        var phones = Elements(keys, root, "phones").Select(Phone).ToList();
        if (phones.Count == 0)
            problems.Add($"{file}:{root.Line}: phones: at least one phone is needed.");
        foreach (var (name, value) in new (string, Func<LabPhone, string?>)[] { ("id", phone => phone.Id), ("mac", phone => phone.Mac), ("address", phone => phone.Address) })
            RefuseDoubles(keys.GetValueOrDefault("phones"), phones, name, value);

        return new LabFile
        {
            File = file,
            Title = Text(keys, "title") ?? "",
            Seed = Number(keys, "seed", 0, int.MaxValue) ?? 1,
            Patience = TimeSpan.FromSeconds(Number(keys, "patienceSeconds", 1, 3600) ?? 30),
            Server = keys.TryGetValue("server", out var server) ? Server(server) : new LabServer(),
            Phones = phones,
        };
    }

    private LabServer Server(PlacedJson json)
    {
        var keys = Keys(json, "address", "phonePort", "adminPort");
        var address = Text(keys, "address") ?? "127.0.0.1";
        if (!IPAddress.TryParse(address, out _))
            Refuse(keys["address"], "an IP address such as 127.0.0.1");
        return new LabServer
        {
            Address = address,
            PhonePort = Number(keys, "phonePort", 0, 65535) ?? 0,
            AdminPort = Number(keys, "adminPort", 0, 65535) ?? 0,
        };
    }

    private LabPhone Phone(PlacedJson json)
    {
        var keys = Keys(json, "id", "kind", "mac", "model", "firmware", "address", "quirks", "fragmentItems");
        if (Text(keys, "kind") is { } kind && kind != "emulated")
        {
            Refuse(keys["kind"], kind == "physical"
                ? "emulated: physical phones cannot be driven by this version yet"
                : "emulated");
        }

        return new LabPhone
        {
            Id = Matching(keys, json, "id", Id(), "letters, digits, '-', '_' and '.'") ?? "",
            Mac = Matching(keys, json, "mac", Mac(), "six pairs of hex digits such as 00:1A:E8:00:00:01")?.ToUpperInvariant() ?? "",
            Model = Model(keys, json),
            Firmware = Firmware(keys),
            Address = Address(keys),
            Quirks = [.. Elements(keys, json, "quirks").Select(Quirk)],
            FragmentItems = Number(keys, "fragmentItems", 1, 100_000),
        };
    }

    private string Model(Dictionary<string, PlacedJson> keys, PlacedJson phone)
    {
        var model = Required(keys, phone, "model");
        if (model is not null && !EmulatedPhones.Models.Contains(model))
            Refuse(keys["model"], string.Join(", ", EmulatedPhones.Models));
        return model ?? "";
    }

    private string? Firmware(Dictionary<string, PlacedJson> keys)
    {
        var firmware = Text(keys, "firmware");
        if (firmware is not null && !FirmwareVersion.TryParse(firmware, out _))
            Refuse(keys["firmware"], "a version such as V3 R3.24.0");
        return firmware;
    }

    private string? Address(Dictionary<string, PlacedJson> keys)
    {
        var address = Text(keys, "address");
        if (address is not null && !(IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip)))
            Refuse(keys["address"], "a loopback address such as 127.20.0.15, as an emulated phone never leaves this machine");
        return address;
    }

    private string Quirk(PlacedJson json)
    {
        if (json.Kind != JsonTokenType.String || !EmulatedPhones.IsQuirk(json.Text))
            Refuse(json, EmulatedPhones.AllowedQuirks);
        return json.Text;
    }

    private Dictionary<string, PlacedJson> Keys(PlacedJson json, params string[] allowed)
    {
        var keys = new Dictionary<string, PlacedJson>();
        if (json.Kind != JsonTokenType.StartObject)
            Refuse(json, "an object");
        foreach (var (key, value) in json.Members)
        {
            if (!allowed.Contains(key))
                problems.Add($"{file}:{value.Line}: {value.Path}: unknown key; allowed are {string.Join(", ", allowed)}.");
            else if (!keys.TryAdd(key, value))
                problems.Add($"{file}:{value.Line}: {value.Path}: the key is there twice.");
        }

        return keys;
    }

    private IReadOnlyList<PlacedJson> Elements(Dictionary<string, PlacedJson> keys, PlacedJson parent, string key)
    {
        if (!keys.TryGetValue(key, out var value))
            return [];
        if (value.Kind != JsonTokenType.StartArray)
            Refuse(value, "a list");
        _ = parent;
        return value.Elements;
    }

    private string? Text(Dictionary<string, PlacedJson> keys, string key)
    {
        if (!keys.TryGetValue(key, out var value))
            return null;
        if (value.Kind == JsonTokenType.String)
            return value.Text;
        Refuse(value, "a text in quotes");
        return null;
    }

    private string? Required(Dictionary<string, PlacedJson> keys, PlacedJson parent, string key)
    {
        if (!keys.ContainsKey(key))
            problems.Add($"{file}:{parent.Line}: {parent.Path}.{key}: the key is missing.");
        return Text(keys, key);
    }

    private string? Matching(Dictionary<string, PlacedJson> keys, PlacedJson parent, string key, Regex pattern, string allowed)
    {
        var text = Required(keys, parent, key);
        if (text is not null && !pattern.IsMatch(text))
            Refuse(keys[key], allowed);
        return text;
    }

    private int? Number(Dictionary<string, PlacedJson> keys, string key, int least, int most)
    {
        if (!keys.TryGetValue(key, out var value))
            return null;
        if (value.Kind == JsonTokenType.Number
            && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Refuse(value, $"a whole number from {least} to {most}");
        return null;
    }

    private void RefuseDoubles(PlacedJson? list, List<LabPhone> phones, string key, Func<LabPhone, string?> value)
    {
        for (var i = 0; i < phones.Count; i++)
        {
            var text = value(phones[i]);
            var first = phones.FindIndex(phone => text is { Length: > 0 } && value(phone) == text);
            if (first >= 0 && first < i)
                problems.Add($"{file}:{list!.Elements[i].Line}: phones[{i}].{key}: '{text}' is taken by phones[{first}] already; each phone needs its own.");
        }
    }

    private void Refuse(PlacedJson value, string allowed) =>
        problems.Add($"{file}:{value.Line}: {value.Path}: '{value.Text}' is not allowed; allowed is {allowed}.");

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,40}$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$")]
    private static partial Regex Mac();
}
