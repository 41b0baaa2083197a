using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>One operation of the API as the description has it.</summary>
internal sealed class Operation(ApiDescription api, string method, string path, JsonObject node)
{
    public string Id { get; } = node["operationId"]?.GetValue<string>() ?? $"{method} {path} has no operationId";

    public string Method { get; } = method;

    public string Path { get; } = path;

    public string Summary { get; } = node["summary"]?.GetValue<string>() ?? "";

    public IReadOnlyList<Parameter> Parameters { get; } =
        [.. (node["parameters"]?.AsArray() ?? []).Select(parameter => new Parameter(parameter!.AsObject()))];

    /// <summary>Media type of the body; null when there is none.</summary>
    public string? BodyType => Content?.Key;

    public JsonObject BodySchema => api.Resolve(Content!.Value.Value!["schema"]!);

    public JsonNode? BodyExample => Content?.Value!["example"];

    public bool HasJsonBody => BodyType == "application/json";

    /// <summary>True when a request without a body is refused.</summary>
    public bool NeedsBody => node["requestBody"]?["required"]?.GetValue<bool>() == true;

    public IReadOnlyList<int> Statuses { get; } = [.. node["responses"]!.AsObject().Select(answer => int.Parse(answer.Key, CultureInfo.InvariantCulture))];

    public IEnumerable<int> Refusals => Statuses.Where(status => status >= 400);

    /// <summary>The least role that may call it, or SignedIn; null when it is open to all.</summary>
    public string? Role => node["security"]?[0]?["bearer"]?[0]?.GetValue<string>();

    private KeyValuePair<string, JsonNode?>? Content => node["requestBody"]?["content"]?.AsObject() is { Count: > 0 } content ? content.First() : null;

    /// <summary>Media type and schema of an answer; both null for one without a body.</summary>
    public (string? Type, JsonNode? Schema) Answer(int status) =>
        node["responses"]![status.ToString(CultureInfo.InvariantCulture)]!["content"]?.AsObject() is { Count: > 0 } content
            ? (content.First().Key, content.First().Value!["schema"])
            : (null, null);

    public override string ToString() => $"{Id} ({Method} {Path})";
}
