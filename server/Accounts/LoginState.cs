using System.Text.Json.Serialization;

namespace OpenStage.Server.Accounts;

/// <summary>Who has logged in.</summary>
public sealed record LoginState
{
    [JsonPropertyName("username")]
    public required string UserName { get; init; }

    /// <summary>What this login may do: for a script's token never more than the token.</summary>
    [JsonPropertyName("role")]
    public required Role Role { get; init; }

    /// <summary>True when nothing but the change of the password is allowed.</summary>
    [JsonPropertyName("must_change_password")]
    public required bool MustChangePassword { get; init; }
}
