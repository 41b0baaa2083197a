using System.Text.Json.Serialization;
using OpenStage.Server.Admin;
using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>A login in JSON.</summary>
public sealed record LoginRequest
{
    [JsonPropertyName("username")]
    [Allowed(IsNeeded = true, Shortest = 1)]
    public string? UserName { get; init; }

    [JsonPropertyName("password")]
    [Allowed(IsNeeded = true, Shortest = 1)]
    public string? Password { get; init; }

    /// <summary>Taken and not used: the service has no tenants.</summary>
    [JsonPropertyName("domain")]
    [Allowed(Longest = Asked.LongestSearch)]
    public string? Domain { get; init; }
}
