namespace OpenStage.Server.SecureMode;

/// <summary>A certificate authority of the server.</summary>
/// <param name="Subject">Its name, such as <c>CN=OpenStage provisioning authority 1F0C77A2</c>.</param>
/// <param name="Thumbprint">SHA-256 of its certificate, hex.</param>
/// <param name="Held">How many certificates of it phones may hold: neither revoked nor expired.</param>
/// <param name="Pem">Its certificate.</param>
public sealed record AuthorityView(
    long Id, AuthorityState State, string Subject, string Thumbprint, DateTimeOffset NotBefore, DateTimeOffset NotAfter, long Held, string Pem);
