namespace OpenStage.Server.SecureMode;

/// <summary>That a phone is in Secure Mode, so that its messages are taken on the secure port only (WPI guide p.62-65).</summary>
/// <param name="Thumbprint">SHA-256 of the phone's client certificate, hex.</param>
/// <param name="MayReturn">
/// True once a factory reset was sent (p.51): the phone comes back on the default port, without its certificate, unless
/// it did not do as it was told.
/// </param>
public sealed record DeviceSecureMode(string Thumbprint, DateTimeOffset Since, bool MayReturn = false);
