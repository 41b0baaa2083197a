using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>Compares values with JSON Schemas, as far as the description uses them.</summary>
internal static class SchemaCheck
{
    /// <summary>What is wrong with a value, each with its place.</summary>
    public static IEnumerable<string> Faults(ApiDescription api, JsonNode? value, JsonNode schema, string place = "$")
    {
        if (value is null && schema["oneOf"]?.AsArray().Any(one => one!["type"]?.ToString() == "null") == true)
            return [];
        var resolved = api.Resolve(schema);
        return Own(resolved, value, place).Concat(value switch
        {
            JsonObject known => OfObject(api, resolved, known, place),
            JsonArray list when resolved["items"] is { } items =>
                list.SelectMany((element, index) => Faults(api, element, items, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"))),
            _ => [],
        });
    }

    /// <summary>The types that a schema allows.</summary>
    public static IReadOnlyList<string> Types(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => [.. several.Select(type => type!.ToString())],
        JsonValue one => [one.ToString()],
        _ => [],
    };

    private static IEnumerable<string> Own(JsonObject schema, JsonNode? value, string place)
    {
        var types = Types(schema);
        if (types.Count == 0)
            yield return $"{place}: the schema has no type";
        else if (!types.Any(type => Is(type, value)))
            yield return $"{place}: {value?.ToJsonString() ?? "null"} is no {string.Join(" or ", types)}";
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            yield return $"{place}: {value?.ToJsonString() ?? "null"} is none of {words.ToJsonString()}";
        if (schema["format"]?.ToString() == "date-time" && value is not null
            && !DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return $"{place}: {value} is no time";
    }

    private static IEnumerable<string> OfObject(ApiDescription api, JsonObject schema, JsonObject value, string place)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        foreach (var needed in schema["required"]?.AsArray() ?? [])
        {
            if (!value.ContainsKey(needed!.ToString()))
                yield return $"{place}.{needed} is missing";
        }

        foreach (var (name, child) in value)
        {
            var rule = properties[name] ?? (schema["additionalProperties"] as JsonObject);
            if (rule is null)
                yield return $"{place}.{name} is not described";
            else
                foreach (var fault in Faults(api, child, rule, $"{place}.{name}"))
                    yield return fault;
        }
    }

    private static bool Is(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _),
        _ => false,
    };
}
