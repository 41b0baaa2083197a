using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Json;
using OpenStage.Protocol.Wire;

namespace OpenStage.Protocol.Recordings;

/// <summary>Reads a recording and names everything that is wrong with it at once, up to a limit that fits on a screen.</summary>
internal sealed partial class RecordingReader
{
    private const int MostProblems = 20;

    private static readonly Dictionary<string, ExchangeKind> Kinds = new()
    {
        ["message"] = ExchangeKind.Message,
        ["contact-me"] = ExchangeKind.ContactMe,
        ["poll"] = ExchangeKind.Poll,
    };

    private readonly string file;
    private readonly List<string> problems = [];

    private RecordingReader(string file) => this.file = file;

    /// <exception cref="FormatException">The text breaks the form; each line of the message names file, line, key and what is allowed.</exception>
    public static Recording Read(string file, ReadOnlySpan<byte> utf8)
    {
        PlacedJson root;
        try
        {
            root = PlacedJson.Parse(utf8);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"{file}:{(broken.LineNumber ?? 0) + 1}: $: no valid JSON: {broken.Message.Split(". Path", 2)[0].Split(" LineNumber", 2)[0]}", broken);
        }

        var reader = new RecordingReader(file);
        var recording = reader.Root(root);
        return reader.problems.Count == 0 ? recording : throw new FormatException(string.Join('\n', reader.problems.Take(MostProblems)));
    }

    private Recording Root(PlacedJson json)
    {
        var keys = Keys(json, ["schemaVersion", "device", "exchanges", "items"], "$schema");
        if (Value(keys, "schemaVersion") is { } version && (version.Kind != JsonTokenType.Number || version.Text != $"{Recording.CurrentVersion}"))
        {
            // What follows may have another form in another version: its problems would be noise.
            problems.Clear();
            Refuse(version, $"{Recording.CurrentVersion}");
            return new Recording();
        }

        return new Recording
        {
            Device = Value(keys, "device") is { } device ? Device(device) : new RecordedDevice(),
            Exchanges = [.. List(Value(keys, "exchanges")).Select(Exchange)],
            Items = [.. List(Value(keys, "items")).Select(Item)],
        };
    }

    private RecordedDevice Device(PlacedJson json)
    {
        var keys = Keys(json, ["mac", "model", "firmware"]);
        var (mac, firmware) = (Text(keys, "mac"), Text(keys, "firmware"));
        if (mac is not null && !Mac().IsMatch(mac))
            Refuse(keys["mac"], "six pairs of hex digits such as 00:1A:E8:00:00:01");
        if (firmware is not null && !FirmwareVersion.TryParse(firmware, out _))
            Refuse(keys["firmware"], "a version such as V3 R3.24.0");
        return new RecordedDevice { Mac = mac ?? "", Model = Text(keys, "model") ?? "", Firmware = firmware ?? "" };
    }

    private RecordedExchange Exchange(PlacedJson json)
    {
        var keys = Keys(
            json,
            ["kind", "offsetMilliseconds", "durationMilliseconds", "method", "target", "requestHeaders", "request"],
            "status", "responseHeaders", "response");
        var kind = Text(keys, "kind");
        if (kind is not null && !Kinds.ContainsKey(kind))
            Refuse(keys["kind"], string.Join(", ", Kinds.Keys));
        return new RecordedExchange
        {
            Kind = Kinds.GetValueOrDefault(kind ?? ""),
            OffsetMilliseconds = Milliseconds(keys, "offsetMilliseconds"),
            DurationMilliseconds = Milliseconds(keys, "durationMilliseconds"),
            Method = Text(keys, "method") ?? "",
            Target = Text(keys, "target") ?? "",
            RequestHeaders = [.. List(Value(keys, "requestHeaders")).Select(Header)],
            Request = Value(keys, "request") is { } request ? Body(request) : new RecordedBody(),
            Status = Value(keys, "status") is { } status ? Whole(status, 100, 599) : null,
            ResponseHeaders = [.. List(Value(keys, "responseHeaders")).Select(Header)],
            Response = Value(keys, "response") is { } response ? Body(response) : null,
        };
    }

    private RecordedHeader Header(PlacedJson json)
    {
        var keys = Keys(json, ["name", "value"]);
        return new RecordedHeader(Text(keys, "name") ?? "", Text(keys, "value") ?? "");
    }

    private RecordedItem Item(PlacedJson json)
    {
        var keys = Keys(json, ["name", "value"], "index");
        return new RecordedItem
        {
            Name = Text(keys, "name") ?? "",
            Index = Value(keys, "index") is { } index ? Whole(index, 0, int.MaxValue) : null,
            Value = Text(keys, "value") ?? "",
        };
    }

    private RecordedBody Body(PlacedJson json)
    {
        var keys = Keys(json, [], "text", "base64");
        var (text, base64) = (Text(keys, "text"), Text(keys, "base64"));
        if (text is not null && base64 is not null)
            Add(json, "text and base64 are both there; allowed is one of them.");
        if (base64 is not null && !Convert.TryFromBase64String(base64, new byte[base64.Length], out _))
            Refuse(keys["base64"], "base64");
        return new RecordedBody { Text = text, Base64 = base64 };
    }

    private Dictionary<string, PlacedJson> Keys(PlacedJson json, string[] needed, params string[] optional)
    {
        var keys = new Dictionary<string, PlacedJson>();
        if (json.Kind != JsonTokenType.StartObject)
        {
            Refuse(json, $"an object with {string.Join(", ", needed.Length > 0 ? needed : optional)}");
            return keys;
        }

        foreach (var (key, value) in json.Members)
        {
            if (!needed.Contains(key) && !optional.Contains(key))
                Add(value, $"unknown key; allowed are {string.Join(", ", needed.Concat(optional))}.");
            else if (!keys.TryAdd(key, value))
                Add(value, "the key is there twice; allowed is once.");
        }

        foreach (var missing in needed.Where(key => !keys.ContainsKey(key)))
            problems.Add($"{file}:{json.Line}: {Place(json)}.{missing}: the key is missing.");
        return keys;
    }

    private static PlacedJson? Value(Dictionary<string, PlacedJson> keys, string key) => keys.GetValueOrDefault(key);

    private IReadOnlyList<PlacedJson> List(PlacedJson? json)
    {
        if (json is { Kind: not JsonTokenType.StartArray })
            Refuse(json, "a list");
        return json?.Elements ?? [];
    }

    private string? Text(Dictionary<string, PlacedJson> keys, string key)
    {
        if (Value(keys, key) is not { } json)
            return null;
        if (json.Kind == JsonTokenType.String)
            return json.Text;
        Refuse(json, "a text in quotes");
        return null;
    }

    private int? Whole(PlacedJson json, int least, int most)
    {
        if (json.Kind == JsonTokenType.Number && int.TryParse(json.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Refuse(json, $"a whole number from {least} to {most}");
        return null;
    }

    private double Milliseconds(Dictionary<string, PlacedJson> keys, string key)
    {
        // A week: longer than anybody records, and far from what a time span cannot hold.
        const double Most = 7 * 24 * 3600 * 1000.0;
        if (Value(keys, key) is not { } json)
            return 0;
        if (json.Kind == JsonTokenType.Number && double.TryParse(json.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= Most)
            return number;
        Refuse(json, $"milliseconds from 0 to {Most:0}");
        return 0;
    }

    private void Refuse(PlacedJson json, string allowed) =>
        Add(json, $"'{(json.Text.Length > 40 ? json.Text[..40] + "..." : json.Text)}' is not allowed; allowed is {allowed}.");

    private void Add(PlacedJson json, string problem) => problems.Add($"{file}:{json.Line}: {Place(json)}: {problem}");

    private static string Place(PlacedJson json) => json.Path.Length == 0 ? "$" : json.Path.StartsWith('[') ? "$" + json.Path : "$." + json.Path;

    [GeneratedRegex("^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$")]
    private static partial Regex Mac();
}
