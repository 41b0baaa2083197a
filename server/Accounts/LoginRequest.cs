using System.Text.Json.Serialization;

namespace OpenStage.Server.Accounts;

/// <summary>A login in JSON.</summary>
public sealed record LoginRequest
{
    [JsonPropertyName("username")]
    public string? UserName { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary>Taken and not used: the service has no tenants.</summary>
    [JsonPropertyName("domain")]
    public string? Domain { get; init; }
}
