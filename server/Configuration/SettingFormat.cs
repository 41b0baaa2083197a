using System.Globalization;
using System.Net;
using System.Text.Json;
using OpenStage.Protocol.Json;

namespace OpenStage.Server.Configuration;

/// <summary>How values of one type are written in the file, and in the environment or on the command line.</summary>
/// <param name="Allowed">What is allowed, in words that follow "allowed is".</param>
/// <param name="FromText">The value of a text; null when it is none.</param>
/// <param name="Kinds">Tokens of JSON that such a value is.</param>
internal sealed record SettingFormat(string Allowed, Func<string, object?> FromText, params JsonTokenType[] Kinds)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly Dictionary<Type, SettingFormat> Formats = new()
    {
        [typeof(string)] = new("a text", text => text, JsonTokenType.String),
        [typeof(bool)] = new("true or false", Truth, JsonTokenType.True, JsonTokenType.False),
        [typeof(int)] = new("a whole number", text => int.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var number) ? number : null, JsonTokenType.Number),
        [typeof(long)] = new("a whole number", text => long.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var number) ? number : null, JsonTokenType.Number),
        [typeof(double)] = new("a number", text => Number(text), JsonTokenType.Number),
        [typeof(TimeSpan)] = new("a number of seconds", text => Number(text) is { } seconds and > -1e9 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null, JsonTokenType.Number),
        [typeof(IPAddress)] = new("an IP address such as 127.0.0.1 or 0.0.0.0", text => IPAddress.TryParse(text, out var address) ? address : null, JsonTokenType.String),
        [typeof(IPNetwork)] = new("a network such as 10.1.0.0/16", text => IPNetwork.TryParse(text, out var network) ? network : null, JsonTokenType.String),
        [typeof(Uri)] = new("an address such as http://127.0.0.1:4318", text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null, JsonTokenType.String),
        [typeof(IReadOnlyList<string>)] = new("a list of texts", text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), JsonTokenType.StartArray),
        [typeof(IReadOnlyList<IPNetwork>)] = new("a list of networks such as 10.1.0.0/16",
            text => Networks(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), JsonTokenType.StartArray)
        { FromTexts = Networks },
        [typeof(IReadOnlyDictionary<string, LogLevel>)] = new("an object of categories with their levels (trace, debug, information, warning, error, critical, none)",
            Levels, JsonTokenType.StartObject),
    };

    /// <summary>The value of the texts of a list in a file; null when it is none.</summary>
    public Func<string[], object?> FromTexts { get; init; } = static texts => texts;

    /// <exception cref="NotSupportedException">No setting may have this type.</exception>
    public static SettingFormat Of(Type type)
    {
        if (Formats.TryGetValue(type, out var known))
            return known;
        if (!type.IsEnum)
            throw new NotSupportedException($"A setting cannot have the type {type}.");
        var names = Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);
        return new SettingFormat(string.Join(", ", names), text => Name(type, text), JsonTokenType.String);
    }

    /// <summary>The value that stands in a file; null when it is none.</summary>
    public object? FromJson(PlacedJson json)
    {
        if (!Kinds.Contains(json.Kind))
            return null;
        return json.Kind switch
        {
            // Texts with commas are one each in the file.
            JsonTokenType.StartArray => json.Elements.All(element => element.Kind == JsonTokenType.String)
                ? FromTexts([.. json.Elements.Select(element => element.Text)])
                : null,
            JsonTokenType.StartObject => Levels(json.Members.Select(member => (member.Key, member.Value.Kind == JsonTokenType.String ? member.Value.Text : ""))),
            _ => FromText(json.Text),
        };
    }

    private static List<IPNetwork>? Networks(string[] texts)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in texts)
        {
            if (!IPNetwork.TryParse(text, out var network))
                return null;
            networks.Add(network);
        }

        return networks;
    }

    private static object? Truth(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => null,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowThousands, Culture, out var number) && double.IsFinite(number) ? number : null;

    private static object? Name(Type type, string text) =>
        text.All(char.IsAsciiLetter) && Enum.TryParse(type, text, ignoreCase: true, out var value) ? value : null;

    private static Dictionary<string, LogLevel>? Levels(string text) => Levels(text
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2, StringSplitOptions.TrimEntries))
        .Select(pair => (pair[0], pair.Length == 2 ? pair[1] : "")));

    private static Dictionary<string, LogLevel>? Levels(IEnumerable<(string Category, string Level)> pairs)
    {
        var levels = new Dictionary<string, LogLevel>(StringComparer.Ordinal);
        foreach (var (category, level) in pairs)
        {
            if (category.Length == 0 || Name(typeof(LogLevel), level) is not LogLevel known || !levels.TryAdd(category, known))
                return null;
        }

        return levels;
    }
}
