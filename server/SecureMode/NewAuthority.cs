namespace OpenStage.Server.SecureMode;

/// <summary>An authority to be made.</summary>
/// <param name="Name">Common name of its certificate, 1 to 64 letters, digits, blanks, dots or dashes; null for one that the server makes up.</param>
public sealed record NewAuthority(string? Name = null);
