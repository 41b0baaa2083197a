using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenStage.Harness.Tests.Lab;

/// <summary>As much of JSON Schema as the schemas of this repository use; a keyword that it does not know is an error of the test.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    public bool Allows(JsonElement value) => Allows(root, value);

    private bool Allows(JsonElement schema, JsonElement value) =>
        schema.EnumerateObject().All(keyword => Holds(keyword.Name, keyword.Value, schema, value));

    private bool Holds(string keyword, JsonElement rule, JsonElement schema, JsonElement value) => keyword switch
    {
        "$schema" or "$defs" or "title" or "description" or "default" or "then" or "else" => true,
        "$ref" => Allows(Resolve(rule.GetString()!), value),
        "if" => Allows(rule, value) ? Branch(schema, "then", value) : Branch(schema, "else", value),
        "type" => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(one => IsOf(one.GetString()!, value)) : IsOf(rule.GetString()!, value),
        "anyOf" => rule.EnumerateArray().Any(one => Allows(one, value)),
        "const" => JsonElement.DeepEquals(rule, value),
        "enum" => rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetDouble(),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(one => Allows(rule, one)),
        "required" => value.ValueKind != JsonValueKind.Object || rule.EnumerateArray().All(key => value.TryGetProperty(key.GetString()!, out _)),
        "properties" => value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(member => !rule.TryGetProperty(member.Name, out var known) || Allows(known, member.Value)),
        "additionalProperties" when rule.ValueKind == JsonValueKind.Object => value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(member => Allows(rule, member.Value)),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _)),
        _ => throw new NotSupportedException($"The schema uses {keyword}, which this check does not know."),
    };

    private bool Branch(JsonElement schema, string name, JsonElement value) => !schema.TryGetProperty(name, out var branch) || Allows(branch, value);

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (place, name) => place.GetProperty(name));

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new NotSupportedException($"The schema uses the type {type}, which this check does not know."),
    };
}
