using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>A model that there is a template of.</summary>
public sealed record ModelEntry(
    [property: JsonPropertyName("filename")] string Filename,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("display_name")] string DisplayName);
