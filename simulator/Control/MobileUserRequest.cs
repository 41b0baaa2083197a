namespace OpenStage.Simulator.Control;

/// <summary>Body of a logon or logoff; a logoff needs no user.</summary>
internal sealed record MobileUserRequest(string? User, string? Password);
