using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>Who has a phone.</summary>
public sealed record AssigneeView(
    [property: JsonPropertyName("mac")] string Mac,
    [property: JsonPropertyName("extension_number")] string ExtensionNumber,
    [property: JsonPropertyName("vendor")] string Vendor,
    [property: JsonPropertyName("model")] string Model);
