using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>Bodies that must be refused for one of their fields.</summary>
internal static class BadValues
{
    private const int TooLong = 100_000;

    /// <summary>Stands for a value that no library would write.</summary>
    private const string Raw = "@raw@";

    private static readonly string Deep = new string('[', 200) + new string(']', 200);

    /// <param name="good">A body that is taken; it stays as it is.</param>
    public static IEnumerable<BadValue> Of(ApiDescription api, JsonObject good, JsonObject schema) => Inside(api, good, schema, "");

    /// <summary>Replaces each value in an object, and each in its objects.</summary>
    private static IEnumerable<BadValue> Inside(ApiDescription api, JsonObject good, JsonObject schema, string place)
    {
        var needed = (schema["required"]?.AsArray() ?? []).Select(name => name!.ToString()).ToHashSet();
        foreach (var (name, described) in schema["properties"]?.AsObject() ?? [])
        {
            var field = place.Length == 0 ? name : $"{place}.{name}";
            var rule = api.Resolve(described!);
            var isNullable = SchemaCheck.Types(rule).Contains("null") || described!["oneOf"] is not null;
            JsonNode Put(JsonNode? value)
            {
                var changed = good.DeepClone().AsObject();
                changed[name] = value;
                return changed;
            }

            if (needed.Contains(name))
            {
                var without = good.DeepClone().AsObject();
                without.Remove(name);
                yield return new($"no {field}", name, Text(without));
            }

            if (needed.Contains(name) || !isNullable)
                yield return new($"{field}: null", name, Text(Put(null)));
            yield return new($"{field}: deep nesting", "", Text(Put(Raw)).Replace($"\"{Raw}\"", Deep, StringComparison.Ordinal));
            foreach (var (what, json) in Wrong(rule))
                yield return new($"{field}: {what}", name, Text(Put(Raw)).Replace($"\"{Raw}\"", json, StringComparison.Ordinal));
            if (good[name] is JsonObject inner)
            {
                foreach (var bad in Inside(api, inner, rule, field))
                    yield return bad with { Json = Text(Put(Raw)).Replace($"\"{Raw}\"", bad.Json, StringComparison.Ordinal) };
            }
            else if (good[name] is JsonArray list && list.Count > 0 && rule["items"] is { } items)
            {
                foreach (var bad in InList(api, list, api.Resolve(items), field))
                    yield return bad with { Json = Text(Put(Raw)).Replace($"\"{Raw}\"", bad.Json, StringComparison.Ordinal) };
            }
        }

        if (place.Length > 0)
        {
            var more = good.DeepClone().AsObject();
            more["noSuchField"] = 1;
            yield return new($"{place}: an unknown field", "noSuchField", Text(more));
        }
    }

    /// <summary>Replaces the first element of a list.</summary>
    private static IEnumerable<BadValue> InList(ApiDescription api, JsonArray list, JsonObject rule, string field)
    {
        var rest = list.Skip(1).Select(element => element!.ToJsonString());
        string Put(string json) => $"[{string.Join(',', rest.Prepend(json))}]";
        var name = field.Split('.')[^1];
        yield return new($"{field}: null in it", name, Put("null"));
        foreach (var (what, json) in Wrong(rule))
            yield return new($"{field}: {what} in it", name, Put(json));
        if (list[0] is not JsonObject first)
            yield break;
        foreach (var bad in Inside(api, first, rule, $"{field}[0]"))
            yield return bad with { Json = Put(bad.Json) };
    }

    /// <summary>Values that are against a schema, as JSON.</summary>
    private static IEnumerable<(string What, string Json)> Wrong(JsonObject rule)
    {
        var types = SchemaCheck.Types(rule);
        foreach (var wrong in types.Contains("string") ? OfText(rule)
            : types.Contains("integer") || types.Contains("number") ? OfNumber(rule, types.Contains("integer"))
            : types.Contains("array") ? OfList(rule)
            : [("a text", "\"text\""), ("a number", "7")])
            yield return wrong;
    }

    private static IEnumerable<(string What, string Json)> OfText(JsonObject rule)
    {
        yield return ("a number", "12345");
        yield return ("true", "true");
        yield return ("an object", "{}");
        yield return ("a list", "[]");
        yield return ("too long", $"\"{new string('x', TooLong)}\"");
        yield return ("control characters", "\"a\\u0000b\\u0007c\"");
        yield return ("half a character", "\"a\\ud800b\"");
        if (rule["enum"] is not null || rule["format"] is not null)
        {
            yield return ("an unknown word", "\"NoSuch\"");
            yield return ("a number as text", "\"1\"");
        }

        if (rule["minLength"] is not null || rule["enum"] is not null || rule["format"] is not null)
            yield return ("nothing", "\"\"");
        if (rule["maxLength"]?.GetValue<int>() is { } most and < TooLong)
            yield return ("one character too many", $"\"{new string('7', most + 1)}\"");
    }

    private static IEnumerable<(string What, string Json)> OfNumber(JsonObject rule, bool isWhole)
    {
        yield return ("a text", "\"text\"");
        yield return ("a number as text", "\"1\"");
        yield return ("an object", "{}");
        yield return ("a huge number", "1e400");
        yield return ("a long number", new string('9', 40));
        if (isWhole)
            yield return ("a half", "1.5");
        if (rule["minimum"] is { } least)
            yield return ("too small", (least.GetValue<double>() - 1).ToString(CultureInfo.InvariantCulture));
        if (rule["maximum"] is { } most)
            yield return ("too great", (most.GetValue<double>() + 1).ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<(string What, string Json)> OfList(JsonObject rule)
    {
        yield return ("a text", "\"text\"");
        yield return ("an object", "{}");
        if (rule["minItems"] is not null)
            yield return ("an empty list", "[]");
        if (rule["maxItems"]?.GetValue<int>() is { } most)
            yield return ("too many", $"[{string.Join(',', Enumerable.Repeat("null", most + 1))}]");
    }

    private static string Text(JsonNode node) => node.ToJsonString();

    /// <summary>A body that must be refused.</summary>
    /// <param name="What">What is wrong with it.</param>
    /// <param name="Field">Name of the field that the refusal must have in it.</param>
    internal sealed record BadValue(string What, string Field, string Json);
}
