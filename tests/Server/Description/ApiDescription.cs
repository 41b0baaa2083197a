using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>The OpenAPI document of a running server: all that the tests in this folder know of the API.</summary>
internal sealed class ApiDescription
{
    private readonly JsonNode root;

    private ApiDescription(JsonNode root)
    {
        this.root = root;
        Operations = [.. from path in root["paths"]!.AsObject()
                         from method in path.Value!.AsObject()
                         select new Operation(this, method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject())];
    }

    public IReadOnlyList<Operation> Operations { get; }

    public Operation this[string id] => Operations.Single(operation => operation.Id == id);

    public static async Task<ApiDescription> ReadAsync(HttpClient anybody) =>
        new(JsonNode.Parse(await anybody.GetStringAsync("/openapi/v1.json"))!);

    /// <summary>The operation that makes an element of a collection, answering 201.</summary>
    public Operation? Maker(string collection) =>
        Operations.FirstOrDefault(operation => operation.Method == "POST" && operation.Path == collection && operation.Statuses.Contains(201));

    public Operation? Find(string method, string path) => Operations.FirstOrDefault(operation => operation.Method == method && operation.Path == path);

    /// <summary>A schema without references; of one that may also be null, the one for what it is else.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            return Resolve(root["components"]!["schemas"]![reference.Split('/')[^1]]!);
        var other = schema["oneOf"]?.AsArray().FirstOrDefault(one => one!["type"]?.ToString() != "null");
        return other is null ? schema.AsObject() : Resolve(other);
    }
}
