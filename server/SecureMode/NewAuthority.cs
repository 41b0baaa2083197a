using OpenStage.Server.Description;

namespace OpenStage.Server.SecureMode;

/// <summary>An authority to be made.</summary>
/// <param name="Name">Common name of its certificate, 1 to 64 letters, digits, blanks, dots or dashes; null for one that the server makes up.</param>
public sealed record NewAuthority([property: Allowed(Shortest = 1, Longest = 64)] string? Name = null);
