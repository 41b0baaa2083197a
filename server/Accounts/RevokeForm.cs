using System.Text.Json.Serialization;
using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>What the revocation takes, as a form.</summary>
public sealed record RevokeForm
{
    /// <summary>An access or refresh token; the login that it is from ends.</summary>
    [JsonPropertyName("token")]
    [Allowed(IsNeeded = true, Shortest = 1)]
    public required string Token { get; init; }
}
