using System.Text;
using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>A request for an operation, before it is sent.</summary>
internal sealed record ApiRequest(Operation Operation)
{
    /// <summary>Values of the path by the names of their parameters, not escaped.</summary>
    public IReadOnlyDictionary<string, string> Path { get; init; } = new Dictionary<string, string>();

    /// <summary>Names and values of the query, not escaped.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary>The body's bytes, or null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The body in place of <see cref="Body"/>, read only when the server asks for it.</summary>
    public Stream? Source { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Takes the place of a value of the path, escaped as it is.</summary>
    public (string Name, string Escaped)? Raw { get; init; }

    /// <summary>A whole query as it is, in place of <see cref="Query"/>.</summary>
    public string? RawQuery { get; init; }

    public JsonObject JsonBody => JsonNode.Parse(Body)!.AsObject();

    public ApiRequest With(string name, string value) => this with { Path = new Dictionary<string, string>(Path) { [name] = value } };

    /// <summary>With another value in the body.</summary>
    public ApiRequest With(string field, JsonNode? value)
    {
        var body = JsonBody;
        body[field] = value;
        return WithJson(body);
    }

    public ApiRequest WithQuery(string name, string value) => this with { Query = new Dictionary<string, string>(Query) { [name] = value } };

    public ApiRequest WithBody(string text, string? contentType = null) =>
        this with { Body = Encoding.UTF8.GetBytes(text), ContentType = contentType ?? Operation.BodyType };

    public ApiRequest WithJson(JsonNode? json) => WithBody(json?.ToJsonString() ?? "null");

    /// <summary>Path and query as they are sent.</summary>
    public string Target
    {
        get
        {
            var target = Path.Aggregate(Operation.Path, (path, value) =>
                path.Replace($"{{{value.Key}}}", Raw is { } raw && raw.Name == value.Key ? raw.Escaped : Uri.EscapeDataString(value.Value), StringComparison.Ordinal));
            var query = RawQuery ?? string.Join('&', Query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
            return query.Length == 0 ? target : $"{target}?{query}";
        }
    }
}
