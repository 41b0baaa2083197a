using System.Text.Json;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Json;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Fleet;

/// <summary>Reads a fleet file and names everything that is wrong with it at once.</summary>
internal sealed partial class FleetFileReader
{
    private const string FirstMac = "00:1A:E8:10:00:00";
    private const string FirstAddress = "127.60.0.1";

    /// <summary>Stands in a plan that is refused.</summary>
    private static readonly Uri Nowhere = new("https://127.0.0.1");

    private static readonly Dictionary<string, (ArrivalKind Kind, string[] Keys)> Arrivals = new()
    {
        ["storm"] = (ArrivalKind.Storm, []),
        ["ramp"] = (ArrivalKind.Ramp, ["phonesPerSecond"]),
        ["blackout"] = (ArrivalKind.Blackout, ["phonesPerSecond", "offSeconds", "jitterSeconds"]),
        ["rolling-restart"] = (ArrivalKind.RollingRestart, ["phonesPerSecond", "atOnce"]),
    };

    private readonly PlacedValues values;

    private FleetFileReader(string file) => values = new PlacedValues(file);

    /// <param name="server">The service when the command line names one, in place of the file's.</param>
    /// <exception cref="FleetFileException">The file is missing, is no JSON, or breaks the schema.</exception>
    public static FleetPlan Read(string path, Uri? server)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new FleetFileException([$"{path}: cannot be read: {broken.Message}"]);
        }

        return Parse(path, bytes, server);
    }

    internal static FleetPlan Parse(string path, byte[] utf8, Uri? server)
    {
        var reader = new FleetFileReader(path);
        var plan = reader.values.Root(utf8) is { } root ? reader.Plan(root, server) : null;
        return plan is not null && reader.values.Problems.Count == 0 ? plan : throw new FleetFileException(reader.values.Problems);
    }

    private FleetPlan? Plan(PlacedJson root, Uri? server)
    {
        if (root.Kind != JsonTokenType.StartObject)
        {
            values.Refuse(root, "an object");
            return null;
        }

        var keys = values.Keys(root, "$schema", "title", "server", "count", "seed", "firstMac", "firstAddress", "firstNumber", "locales", "models", "quirks",
            "arrival", "contactGapSeconds", "handshakes", "patienceSeconds", "setting", "localChange");
        values.Demand(keys, root, "count");
        var count = values.Number(keys, "count", 1, FleetPlan.MostPhones) ?? 1;
        var mac = Matching(keys, "firstMac", Mac(), FleetAddresses.MacForm) ?? FirstMac;
        var address = Address(keys);
        var plan = new FleetPlan
        {
            Title = values.Text(keys, "title") ?? "",
            Server = Server(keys, root, server) ?? Nowhere,
            Count = count,
            Seed = values.Number(keys, "seed", 0, int.MaxValue) ?? 1,
            Addresses = FleetAddresses.From(FirstMac, FirstAddress, 1),
            FirstNumber = Matching(keys, "firstNumber", Digits(), "3 to 15 digits") ?? "",
            Locales = Locales(keys),
            Models = Models(keys, root),
            Quirks = Quirks(keys),
            Arrival = keys.TryGetValue("arrival", out var arrival) ? Arrival(arrival) : new FleetArrival(),
            ContactGapSeconds = values.Number(keys, "contactGapSeconds", 0, 86_400),
        };
        plan = plan with
        {
            Handshakes = values.Number(keys, "handshakes", 1, 10_000) ?? plan.Handshakes,
            PatienceSeconds = values.Number(keys, "patienceSeconds", 1, 86_400) ?? plan.PatienceSeconds,
            Setting = keys.TryGetValue("setting", out var setting) ? Setting(setting) : plan.Setting,
            LocalChange = keys.TryGetValue("localChange", out var change) ? Setting(change) : plan.LocalChange,
        };
        return values.Problems.Count == 0 && Addresses(keys, root, mac, address, count) is { } addresses ? plan with { Addresses = addresses } : null;
    }

    private Uri? Server(Dictionary<string, PlacedJson> keys, PlacedJson root, Uri? given)
    {
        if (given is null)
            values.Demand(keys, root, "server");
        if (values.Text(keys, "server") is not { } text)
            return given;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0)
            return given ?? url;
        values.RefuseUrl(keys["server"], "an https address such as https://127.0.0.1:18443");
        return given;
    }

    private string Address(Dictionary<string, PlacedJson> keys)
    {
        var address = values.Text(keys, "firstAddress") ?? FirstAddress;
        if (!FleetAddresses.IsLoopback(address))
            values.Refuse(keys["firstAddress"], FleetAddresses.AddressForm);
        return address;
    }

    private FleetAddresses? Addresses(Dictionary<string, PlacedJson> keys, PlacedJson root, string mac, string address, int count)
    {
        try
        {
            return FleetAddresses.From(mac, address, count);
        }
        catch (ArgumentException)
        {
            values.Refuse(keys.GetValueOrDefault("count") ?? root, FleetAddresses.Room);
            return null;
        }
    }

    private List<FleetModel> Models(Dictionary<string, PlacedJson> keys, PlacedJson root)
    {
        values.Demand(keys, root, "models");
        var models = values.Elements(keys, "models").Select(Model).ToList();
        if (models.Count == 0 && keys.TryGetValue("models", out var none) && none.Kind == JsonTokenType.StartArray)
            values.Say(none, none.Path, "at least one model is needed.");
        return models;
    }

    private FleetModel Model(PlacedJson json)
    {
        var keys = values.Keys(json, "model", "firmware", "share");
        if (values.Required(keys, json, "model") is { } model && PhoneModels.All.All(known => known.DeviceType != model))
            values.Refuse(keys["model"], string.Join(", ", PhoneModels.All.Select(known => known.DeviceType)));
        var firmware = values.Text(keys, "firmware");
        if (firmware is not null && !FirmwareVersion.TryParse(firmware, out _))
            values.Refuse(keys["firmware"], "a version such as V3 R3.24.0");
        return new FleetModel(keys.TryGetValue("model", out var named) ? named.Text : "", firmware, values.Number(keys, "share", 1, 1000) ?? 1);
    }

    private List<FleetQuirk> Quirks(Dictionary<string, PlacedJson> keys)
    {
        var quirks = values.Elements(keys, "quirks").Select(Quirk).ToList();
        if (quirks.Count > FleetPlan.MostQuirks)
            values.Say(keys["quirks"], "quirks", $"{quirks.Count} are there; allowed are at most {FleetPlan.MostQuirks}.");
        return quirks;
    }

    private FleetQuirk Quirk(PlacedJson json)
    {
        var keys = values.Keys(json, "quirk", "percent");
        if (values.Required(keys, json, "quirk") is { } quirk && !QuirkUse.TryParse(quirk, out _))
            values.Refuse(keys["quirk"], QuirkUse.Allowed);
        return new FleetQuirk(keys.TryGetValue("quirk", out var named) ? named.Text : "", values.Number(keys, "percent", 1, 100) ?? 100);
    }

    private List<string> Locales(Dictionary<string, PlacedJson> keys)
    {
        var locales = values.Elements(keys, "locales");
        foreach (var wrong in locales.Where(locale => locale.Kind != JsonTokenType.String || !FleetPeople.Locales.Contains(locale.Text)))
            values.Refuse(wrong, string.Join(", ", FleetPeople.Locales));
        if (keys.TryGetValue("locales", out var none) && none.Kind == JsonTokenType.StartArray && locales.Count == 0)
            values.Say(none, none.Path, "at least one language is needed, or no such key.");
        return locales.Count > 0 ? [.. locales.Select(locale => locale.Text)] : ["de", "en"];
    }

    private FleetArrival Arrival(PlacedJson json)
    {
        var kind = json.Members.Where(member => member.Key == "kind").Select(member => member.Value.Text).FirstOrDefault() ?? "";
        var known = Arrivals.TryGetValue(kind, out var arrival);
        var keys = values.Keys(json, known ? ["kind", .. arrival.Keys] : ["kind", .. Arrivals.Values.SelectMany(one => one.Keys).Distinct()]);
        values.Demand(keys, json, "kind");
        values.Word(keys, "kind", [.. Arrivals.Keys]);
        var defaults = new FleetArrival();
        return new FleetArrival
        {
            Kind = arrival.Kind,
            PhonesPerSecond = values.Number(keys, "phonesPerSecond", 1, 10_000) ?? defaults.PhonesPerSecond,
            OffSeconds = values.Number(keys, "offSeconds", 0, 3600) ?? defaults.OffSeconds,
            JitterSeconds = values.Number(keys, "jitterSeconds", 0, 3600) ?? defaults.JitterSeconds,
            AtOnce = values.Number(keys, "atOnce", 1, 10_000) ?? defaults.AtOnce,
        };
    }

    private FleetSetting Setting(PlacedJson json)
    {
        var keys = values.Keys(json, "item", "value");
        var (item, value) = (values.Required(keys, json, "item") ?? "", values.Required(keys, json, "value") ?? "");
        if (keys.Count == 2 && ItemCatalogue.Default.CheckWrite(new Item(item, value)) is { } finding)
            values.Say(json, json.Path, $"{finding.Actual} is not allowed; allowed is {finding.Expected}.");
        return new FleetSetting(item, value);
    }

    private string? Matching(Dictionary<string, PlacedJson> keys, string key, Regex pattern, string allowed)
    {
        var text = values.Text(keys, key);
        if (text is not null && !pattern.IsMatch(text))
            values.Refuse(keys[key], allowed);
        return text;
    }

    [GeneratedRegex("^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$")]
    private static partial Regex Mac();

    [GeneratedRegex("^[0-9]{3,15}$")]
    private static partial Regex Digits();
}
