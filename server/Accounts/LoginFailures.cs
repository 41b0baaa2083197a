namespace OpenStage.Server.Accounts;

/// <summary>Wrong logins of one name or one address.</summary>
internal sealed record LoginFailures(int Count, DateTimeOffset BlockedUntil, DateTimeOffset LastTry);
