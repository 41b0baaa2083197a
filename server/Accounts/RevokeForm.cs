using System.Text.Json.Serialization;

namespace OpenStage.Server.Accounts;

/// <summary>What the revocation takes, as a form.</summary>
public sealed record RevokeForm
{
    /// <summary>An access or refresh token; the login that it is from ends.</summary>
    [JsonPropertyName("token")]
    public required string Token { get; init; }
}
