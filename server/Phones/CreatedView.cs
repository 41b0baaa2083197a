using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>What was created.</summary>
public sealed record CreatedView([property: JsonPropertyName("id")] string Id);
