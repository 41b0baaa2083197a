using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>A parameter of an operation.</summary>
internal sealed class Parameter(JsonObject node)
{
    public string Name { get; } = node["name"]!.GetValue<string>();

    public string Description { get; } = node["description"]?.GetValue<string>() ?? "";

    public bool IsOfPath { get; } = node["in"]!.GetValue<string>() == "path";

    public bool IsNeeded { get; } = node["required"]?.GetValue<bool>() == true;

    public JsonObject Schema { get; } = node["schema"]!.AsObject();

    /// <summary>The value that the description shows, or null.</summary>
    public string? Example => Schema["examples"]?[0]?.ToString();
}
