using System.Globalization;
using System.Text.Json;
using OpenStage.Protocol.Json;

namespace OpenStage.Server.Configuration;

/// <summary>Reads a configuration file and names everything that is wrong with it at once.</summary>
internal sealed class ConfigurationFile
{
    private readonly string file;
    private readonly List<string> problems;
    private readonly Dictionary<Setting, GivenValue> given = [];

    private ConfigurationFile(string file, List<string> problems)
    {
        this.file = file;
        this.problems = problems;
    }

    /// <param name="problems">Gets what is wrong, with file and line.</param>
    public static IReadOnlyDictionary<Setting, GivenValue> Read(string path, List<string> problems)
    {
        var reader = new ConfigurationFile(path, problems);
        try
        {
            reader.Section(PlacedJson.Parse(File.ReadAllBytes(path)), "");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: cannot be read: {broken.Message}");
        }
        catch (JsonException broken)
        {
            var why = broken.Message.Split(". Path", 2)[0].Split(" LineNumber", 2)[0];
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path}:{(broken.LineNumber ?? 0) + 1}: no valid JSON: {why}"));
        }

        return reader.given;
    }

    private void Section(PlacedJson json, string section)
    {
        if (json.Kind != JsonTokenType.StartObject)
        {
            Refuse(json, json.Text, "an object");
            return;
        }

        var settings = Settings.All.Where(setting => setting.Property.DeclaringType == Settings.Sections[section]).ToDictionary(setting => setting.Name);
        var inner = section.Length == 0 ? Settings.Sections.Keys.Where(name => name.Length > 0).ToList() : [];
        var seen = new HashSet<string>();
        foreach (var (key, value) in json.Members)
        {
            if (!seen.Add(key))
                problems.Add($"{Place(value)}: the key is there twice.");
            else if (inner.Contains(key))
                Section(value, key);
            else if (settings.TryGetValue(key, out var setting))
                Value(setting, value);
            else if (section.Length > 0 || key != "$schema")
                problems.Add($"{Place(value)}: unknown key; allowed are {string.Join(", ", settings.Keys.Concat(inner))}.");
        }
    }

    private void Value(Setting setting, PlacedJson json)
    {
        if (json.Kind == JsonTokenType.Null && setting.TakesNull)
            given[setting] = new GivenValue(Place(json), "null", null);
        else if (setting.Format.FromJson(json) is { } value)
            given[setting] = new GivenValue(Place(json), json.Text, value);
        else
            Refuse(json, setting.Shown(json.Text), setting.Format.Allowed + (setting.TakesNull ? ", or null" : ""));
    }

    private void Refuse(PlacedJson json, string text, string allowed) =>
        problems.Add($"{Place(json)}: '{text}' is not allowed; allowed is {allowed}.");

    private string Place(PlacedJson json) => string.Create(CultureInfo.InvariantCulture, $"{file}:{json.Line}: {(json.Path.Length > 0 ? json.Path : "the file")}");
}
