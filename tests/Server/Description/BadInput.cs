using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>Requests that must be refused, made of one that succeeds by what the description says of it.</summary>
internal static class BadInput
{
    /// <summary>Long, but not longer than the first line of a request may be.</summary>
    private const int LongInPath = 3000;

    /// <summary>Numbers that nothing has. A zero in a path, %00, is refused before any operation is looked for.</summary>
    private static readonly string[] Numbers = ["-1", "0", "1.5", "99999999999999999999999"];

    /// <summary>One request that must be refused with 400.</summary>
    public static ApiRequest Simple(ApiRequest good) => OfBody(good).Concat(OfQuery(good)).Concat(OfPath(good)).First().Request;

    /// <summary>All requests that must be refused.</summary>
    public static IEnumerable<BadRequest> All(ApiDescription api, ApiRequest good) =>
        OfBody(good).Concat(OfFields(api, good)).Concat(OfQuery(good)).Concat(OfPath(good));

    private static IEnumerable<BadRequest> OfBody(ApiRequest good)
    {
        if (good.Operation.BodyType is not { } type)
            yield break;
        if (type == "application/octet-stream")
        {
            // Bytes without a type are taken for what they are.
            yield return new("no bytes", "body", good with { Body = [] });
        }
        else if (good.Operation.HasJsonBody)
        {
            var text = Encoding.UTF8.GetString(good.Body!);
            yield return new("a broken body", "", good.WithBody(text[..^1]));
            yield return new("more behind the body", "", good.WithBody(text + "}"));
            yield return new("a list", "", good.WithBody("[]"));
            yield return new("a text", "", good.WithBody("\"text\""));
            yield return new("a deep body", "", good.WithBody(new string('[', 5000)));
            yield return new("bytes that are no UTF-8", "", good with { Body = [.. "{\"a\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}"u8] });
            yield return new("zeros", "", good with { Body = new byte[100] });
            yield return new("an unknown field", "noSuchField", good.With("noSuchField", 1));
            yield return new("an unknown field with half a character", "", good.WithBody("""{"\ud800":1}"""));
            foreach (var (name, value) in good.JsonBody.Take(1))
                yield return new("a field twice", name, good.WithBody($"{text[..^1]},{JsonValue.Create(name)!.ToJsonString()}:{value?.ToJsonString() ?? "null"}}}"));
            if (good.Operation.NeedsBody)
                yield return new("no body", "", good.WithBody(""));
            if (good.Operation.NeedsBody)
                yield return new("null", "", good.WithBody("null"));
        }
        else
        {
            yield return new("no fields", "", good.WithBody(""));
            yield return new("an unknown word", "", good.WithBody("grant_type=none"));
        }

        yield return new("another type of body", "Content-Type", good with { ContentType = "text/xml" });
        if (type != "application/octet-stream")
            yield return new("no type of body", "Content-Type", good with { ContentType = null });
    }

    /// <summary>Requests whose body has one wrong field.</summary>
    public static IEnumerable<BadRequest> OfFields(ApiDescription api, ApiRequest good)
    {
        if (!good.Operation.HasJsonBody)
            return [];
        return from bad in BadValues.Of(api, good.JsonBody, good.Operation.BodySchema)
               select new BadRequest(bad.What, bad.Field, good.WithBody(bad.Json));
    }

    private static IEnumerable<BadRequest> OfQuery(ApiRequest good)
    {
        foreach (var parameter in good.Operation.Parameters.Where(parameter => !parameter.IsOfPath))
        {
            foreach (var text in Texts(parameter))
                yield return new($"{parameter.Name}={Shortened(text)}", parameter.Name, good with { RawQuery = Query(good, parameter.Name, text) });
            if (parameter.IsNeeded)
                yield return new($"no {parameter.Name}", parameter.Name, good with { Query = good.Query.Where(pair => pair.Key != parameter.Name).ToDictionary() });
        }
    }

    private static string Query(ApiRequest good, string name, string escaped) => string.Join('&',
        good.Query.Where(pair => pair.Key != name).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}").Append($"{name}={escaped}"));

    private static IEnumerable<string> Texts(Parameter parameter)
    {
        var types = SchemaCheck.Types(parameter.Schema);
        if (types.Contains("integer") || types.Contains("number"))
        {
            foreach (var text in new[] { "x", "", "0x10", "99999999999999999999999", "NaN" })
                yield return text;
            if (parameter.Schema["minimum"] is { } least)
                yield return (least.GetValue<double>() - 1).ToString(CultureInfo.InvariantCulture);
            if (parameter.Schema["maximum"] is { } most)
                yield return (most.GetValue<double>() + 1).ToString(CultureInfo.InvariantCulture);
            yield break;
        }

        yield return new string('x', LongInPath);
        yield return "a%00b";
        yield return "a%07b";
        if (parameter.Schema["enum"] is null && parameter.Schema["format"] is null)
            yield break;
        foreach (var text in new[] { "NoSuch", "", "1", "0,1" })
            yield return text;
    }

    private static IEnumerable<BadRequest> OfPath(ApiRequest good)
    {
        foreach (var parameter in good.Operation.Parameters.Where(parameter => parameter.IsOfPath))
        {
            var isNumber = SchemaCheck.Types(parameter.Schema).Contains("integer");
            foreach (var text in (isNumber ? Numbers : []).Concat(["x", "%2F", "%2e%2e%2f", "%ED%A0%80", "%7F", "00%3A1A", new string('7', LongInPath)]))
                yield return new($"{parameter.Name}={Shortened(text)}", parameter.Name, good with { Raw = (parameter.Name, text) });
        }
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..10]}... of {text.Length} characters";

    /// <summary>A request that must be refused.</summary>
    /// <param name="What">What is wrong with it.</param>
    /// <param name="Field">What the refusal must name; empty for any place.</param>
    internal sealed record BadRequest(string What, string Field, ApiRequest Request);
}
