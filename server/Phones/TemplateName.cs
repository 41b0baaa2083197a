using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>The template that was created.</summary>
public sealed record TemplateName([property: JsonPropertyName("filename")] string Filename);
