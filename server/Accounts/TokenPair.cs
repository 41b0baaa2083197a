namespace OpenStage.Server.Accounts;

/// <summary>What a login by the API brings.</summary>
internal sealed record TokenPair(string Access, string Refresh, Account Account);
