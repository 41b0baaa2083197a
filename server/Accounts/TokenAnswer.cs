using System.Text.Json.Serialization;

namespace OpenStage.Server.Accounts;

/// <summary>The tokens of a login.</summary>
public sealed record TokenAnswer
{
    /// <summary>Goes into the header Authorization, after the word Bearer.</summary>
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    /// <summary>Seconds until the access token is no longer valid.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }

    /// <summary>Gets a new pair once, within 24 h.</summary>
    [JsonPropertyName("refresh_token")]
    public required string RefreshToken { get; init; }

    [JsonPropertyName("token_type")]
    public string TokenType { get; init; } = "Bearer";

    internal static TokenAnswer Of(TokenPair pair) => new()
    {
        AccessToken = pair.Access,
        ExpiresIn = (int)GrantBook.AccessLifetime.TotalSeconds,
        RefreshToken = pair.Refresh,
    };
}
