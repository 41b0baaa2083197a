using System.Text.Json.Serialization;

namespace OpenStage.Server.Accounts;

/// <summary>A new pair of tokens is wanted.</summary>
public sealed record RefreshRequest
{
    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }
}
