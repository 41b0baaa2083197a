using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>A phone in the list of all phones.</summary>
public sealed record KnownPhoneView
{
    /// <summary>Extension of the user who has it.</summary>
    [JsonPropertyName("extension_number")]
    public string? ExtensionNumber { get; init; }

    [JsonPropertyName("vendor")]
    public required string Vendor { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>Firmware, once the phone has called.</summary>
    [JsonPropertyName("fwver")]
    public string? Fwver { get; init; }

    /// <summary>Name of the user who has it.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Password of the phone's own web pages; stars for those who may only look.</summary>
    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary>Always null: the server knows of no voice mail.</summary>
    [JsonPropertyName("vm_pin")]
    public string? VmPin { get; init; }

    /// <summary>Address that the phone called from.</summary>
    [JsonPropertyName("ip")]
    public string? Ip { get; init; }

    [JsonPropertyName("mac")]
    public required string Mac { get; init; }

    [JsonPropertyName("status")]
    public required KnownPhoneStatus Status { get; init; }
}
