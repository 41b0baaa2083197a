using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenStage.Protocol.Json;

/// <summary>Takes values out of a JSON file and writes down what is wrong with them: file, line, column, key, value, allowed.</summary>
public sealed class PlacedValues(string file)
{
    private readonly List<string> problems = [];

    public IReadOnlyList<string> Problems => problems;

    /// <summary>The file's JSON; null, and the problem written down, when it has none.</summary>
    public PlacedJson? Root(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return PlacedJson.Parse(utf8);
        }
        catch (JsonException broken)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{file}:{(broken.LineNumber ?? 0) + 1}:{(broken.BytePositionInLine ?? 0) + 1}: no valid JSON: {broken.Message.Split(". Path", 2)[0].Split(" LineNumber", 2)[0]}"));
            return null;
        }
    }

    public void Refuse(PlacedJson value, string allowed) => Say(value, value.Path, $"'{value.Text}' is not allowed; allowed is {allowed}.");

    public void Say(PlacedJson place, string path, string problem) =>
        problems.Add(string.Create(CultureInfo.InvariantCulture, $"{file}:{place.Line}:{place.Column}: {(path.Length == 0 ? "" : path + ": ")}{problem}"));

    public Dictionary<string, PlacedJson> Keys(PlacedJson json, params string[] allowed)
    {
        var keys = new Dictionary<string, PlacedJson>();
        if (json.Kind != JsonTokenType.StartObject)
            Refuse(json, "an object");
        foreach (var (key, value) in json.Members)
        {
            if (!allowed.Contains(key))
                Say(value, value.Path, $"unknown key; allowed are {string.Join(", ", allowed)}.");
            else if (!keys.TryAdd(key, value))
                Say(value, value.Path, "the key is there twice.");
        }

        return keys;
    }

    public IReadOnlyList<PlacedJson> Elements(Dictionary<string, PlacedJson> keys, string key)
    {
        if (!keys.TryGetValue(key, out var value))
            return [];
        if (value.Kind != JsonTokenType.StartArray)
            Refuse(value, "a list");
        return value.Elements;
    }

    public string? Text(Dictionary<string, PlacedJson> keys, string key) => keys.TryGetValue(key, out var value) ? Text(value) : null;

    public string? Text(PlacedJson value)
    {
        if (value.Kind == JsonTokenType.String)
            return value.Text;
        Refuse(value, "a text in quotes");
        return null;
    }

    public string? Required(Dictionary<string, PlacedJson> keys, PlacedJson parent, string key)
    {
        Demand(keys, parent, key);
        return Text(keys, key);
    }

    public void Demand(Dictionary<string, PlacedJson> keys, PlacedJson parent, string key)
    {
        if (!keys.ContainsKey(key))
            Say(parent, parent.Path.Length == 0 ? key : $"{parent.Path}.{key}", "the key is missing.");
    }

    public string? Matching(Dictionary<string, PlacedJson> keys, PlacedJson parent, string key, Regex pattern, string allowed)
    {
        var text = Required(keys, parent, key);
        if (text is not null && !pattern.IsMatch(text))
            Refuse(keys[key], allowed);
        return text;
    }

    /// <summary>One of some words.</summary>
    public string? Word(Dictionary<string, PlacedJson> keys, string key, params string[] allowed)
    {
        if (Text(keys, key) is not { } text)
            return null;
        if (allowed.Contains(text))
            return text;
        Refuse(keys[key], string.Join(" or ", allowed));
        return null;
    }

    public bool Flag(Dictionary<string, PlacedJson> keys, string key)
    {
        if (!keys.TryGetValue(key, out var value))
            return false;
        if (value.Kind is not (JsonTokenType.True or JsonTokenType.False))
            Refuse(value, "true or false");
        return value.Kind == JsonTokenType.True;
    }

    public int? Number(Dictionary<string, PlacedJson> keys, string key, int least, int most)
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

    /// <summary>Refuses an address; one with a user may have a password, so it is not shown.</summary>
    public void RefuseUrl(PlacedJson value, string allowed)
    {
        if (value.Text.Contains('@', StringComparison.Ordinal))
            Say(value, value.Path, $"'(one with a user, not shown)' is not allowed; allowed is {allowed}.");
        else
            Refuse(value, allowed);
    }

    /// <summary>A program and its arguments.</summary>
    /// <param name="example">Such a list, for the error.</param>
    public List<string> Command(Dictionary<string, PlacedJson> keys, string key, string example)
    {
        var words = Elements(keys, key).Select(word => Text(word) ?? "").ToList();
        if (keys[key].Kind == JsonTokenType.StartArray && words is [] or ["", ..])
            Say(keys[key], keys[key].Path, $"the program is missing; allowed is a list of program and arguments such as {example}.");
        return words;
    }
}
