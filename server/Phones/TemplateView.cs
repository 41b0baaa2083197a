using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>A template.</summary>
/// <param name="IsCustom">False for a template that comes with the server.</param>
public sealed record TemplateView(
    [property: JsonPropertyName("filename")] string Filename,
    [property: JsonPropertyName("content")] string Content,
    [property: JsonPropertyName("is_custom")] bool IsCustom);
