using System.Text.Json.Serialization;
using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>A new pair of tokens is wanted.</summary>
public sealed record RefreshRequest
{
    [JsonPropertyName("refresh_token")]
    [Allowed(IsNeeded = true, Shortest = 1)]
    public string? RefreshToken { get; init; }
}
