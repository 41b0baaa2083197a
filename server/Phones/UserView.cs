using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>A user as it is shown.</summary>
public sealed record UserView
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>3 to 64 digits.</summary>
    [JsonPropertyName("extension_number")]
    public required string ExtensionNumber { get; init; }

    /// <summary>SIP password; stars for those who may only look.</summary>
    [JsonPropertyName("extension_password")]
    public string? ExtensionPassword { get; init; }

    [JsonPropertyName("display_name")]
    public string? DisplayName { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }

    internal static UserView Of(PhoneUser user, bool showsSecrets) => new()
    {
        Id = user.Id,
        Name = user.Name,
        ExtensionNumber = user.ExtensionNumber,
        ExtensionPassword = PhoneView.Secret(user.ExtensionPassword, showsSecrets),
        DisplayName = user.DisplayName,
        Email = user.Email,
    };
}
