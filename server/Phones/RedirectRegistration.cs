using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>What is put to the redirect service.</summary>
internal sealed record RedirectRegistration(
    [property: JsonPropertyName("mac")] string Mac,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("serial_number")] string? SerialNumber);
