using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>A template in the list of templates.</summary>
/// <param name="IsCustom">False for a template that comes with the server.</param>
public sealed record TemplateEntry(
    [property: JsonPropertyName("filename")] string Filename,
    [property: JsonPropertyName("is_custom")] bool IsCustom);
