namespace OpenStage.Server.SecureMode;

/// <summary>That a phone is in Secure Mode, so that its messages are taken on the secure port only (WPI guide p.62-65).</summary>
/// <param name="Thumbprint">SHA-256 of the phone's client certificate, hex.</param>
public sealed record DeviceSecureMode(string Thumbprint, DateTimeOffset Since);
