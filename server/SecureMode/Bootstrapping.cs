namespace OpenStage.Server.SecureMode;

/// <summary>What a SecureMode job must know when the phone calls on the secure port (WPI guide p.64-68).</summary>
/// <param name="Thumbprint">SHA-256 of the client certificate that the phone was given, hex.</param>
/// <param name="Tan">Last three characters of the PIN, which the phone must tell; null without a PIN.</param>
public sealed record Bootstrapping(string Thumbprint, string? Tan);
