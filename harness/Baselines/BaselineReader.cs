using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenStage.Harness.Phones;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Json;

namespace OpenStage.Harness.Baselines;

/// <summary>Reads a baseline and names everything that is wrong with it at once.</summary>
public sealed partial class BaselineReader
{
    internal static readonly string[] FileKeys = ["$schema", "expectedFailures"];
    internal static readonly string[] EntryKeys = ["case", "phone", "model", "firmwareFrom", "firmwareTo", "reason", "expires"];
    internal static readonly string[] RequiredKeys = ["case", "reason", "expires"];

    private readonly PlacedValues values;

    private BaselineReader(string file) => values = new PlacedValues(file);

    /// <exception cref="FormatException">The file cannot be used; a line a problem, each with file, line, key and what is allowed.</exception>
    public static Baseline Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{path}: cannot be read: {broken.Message}", broken);
        }
    }

    internal static Baseline Parse(string path, byte[] utf8)
    {
        var reader = new BaselineReader(path);
        var entries = reader.values.Root(utf8) is { } root ? reader.Entries(root) : [];
        return reader.values.Problems.Count == 0 ? new Baseline(path, entries) : throw new FormatException(string.Join('\n', reader.values.Problems));
    }

    private List<ExpectedFailure> Entries(PlacedJson root)
    {
        var keys = values.Keys(root, FileKeys);
        if (root.Kind == JsonTokenType.StartObject)
            values.Demand(keys, root, "expectedFailures");
        var entries = values.Elements(keys, "expectedFailures").Select(json => (Json: json, Entry: Entry(json))).ToList();
        for (var i = 0; i < entries.Count; i++)
        {
            var first = entries.FindIndex(other => Same(other.Entry, entries[i].Entry));
            if (first < i)
                values.Say(entries[i].Json, entries[i].Json.Path, string.Create(CultureInfo.InvariantCulture, $"says the same as expectedFailures[{first}] in line {entries[first].Entry.Line}; one of them is enough."));
        }

        return [.. entries.Select(entry => entry.Entry)];
    }

    private ExpectedFailure Entry(PlacedJson json)
    {
        var keys = values.Keys(json, EntryKeys);
        if (json.Kind == JsonTokenType.StartObject)
        {
            foreach (var key in RequiredKeys)
                values.Demand(keys, json, key);
            if (keys.ContainsKey("phone") == keys.ContainsKey("model"))
                values.Say(json, json.Path, "allowed is either phone or model, and one of them is needed.");
        }

        var (from, to) = (Firmware(keys, "firmwareFrom"), Firmware(keys, "firmwareTo"));
        if (from > to)
            values.Refuse(keys["firmwareTo"], $"a version that is not before firmwareFrom, {from}");
        return new ExpectedFailure
        {
            Case = Text(keys, "case", text => CaseId().IsMatch(text), "the id of a case such as wpi/3.6.4/1") ?? "",
            Phone = Text(keys, "phone", text => PhoneId().IsMatch(text), "the id of a phone: letters, digits, '-', '_' and '.'"),
            Model = Text(keys, "model", EmulatedPhones.Models.Contains, string.Join(", ", EmulatedPhones.Models)),
            FirmwareFrom = from,
            FirmwareTo = to,
            Reason = Text(keys, "reason", text => text.Trim().Length > 0, "a text that is not empty") ?? "",
            Expires = Text(keys, "expires", text => Day(text) is not null, "a day such as 2027-01-31") is { } day ? Day(day) ?? default : default,
            Line = json.Line,
        };
    }

    private FirmwareVersion? Firmware(Dictionary<string, PlacedJson> keys, string key) =>
        Text(keys, key, text => FirmwareVersion.TryParse(text, out _), "a version such as V3 R3.24.0") is { } text && FirmwareVersion.TryParse(text, out var version) ? version : null;

    /// <summary>The text of a key, or null when it is missing or refused.</summary>
    private string? Text(Dictionary<string, PlacedJson> keys, string key, Func<string, bool> isAllowed, string allowed)
    {
        if (!keys.TryGetValue(key, out var value))
            return null;
        if (value.Kind == JsonTokenType.String && isAllowed(value.Text))
            return value.Text;
        values.Refuse(value, allowed);
        return null;
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool Same(ExpectedFailure one, ExpectedFailure other) =>
        (one.Case, one.Phone, one.Model, one.FirmwareFrom, one.FirmwareTo) == (other.Case, other.Phone, other.Model, other.FirmwareFrom, other.FirmwareTo);

    [GeneratedRegex(@"^[a-z]+(/[A-Za-z0-9._-]+)+$")]
    private static partial Regex CaseId();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,40}$")]
    private static partial Regex PhoneId();
}
