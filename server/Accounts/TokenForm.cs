using System.Text.Json.Serialization;
using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>What the token endpoint takes, as a form.</summary>
public sealed record TokenForm
{
    /// <summary>password or refresh_token.</summary>
    [JsonPropertyName("grant_type")]
    [Allowed(IsNeeded = true, Words = "password, refresh_token")]
    public required string GrantType { get; init; }

    /// <summary>For grant_type password.</summary>
    [JsonPropertyName("username")]
    public string? UserName { get; init; }

    /// <summary>For grant_type password.</summary>
    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary>For grant_type refresh_token.</summary>
    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    /// <summary>all, or left out.</summary>
    [JsonPropertyName("scope")]
    [Allowed(Words = "all")]
    public string? Scope { get; init; }

    /// <summary>Taken and not used: there are no clients with rights of their own.</summary>
    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }
}
