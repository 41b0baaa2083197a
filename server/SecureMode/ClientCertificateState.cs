namespace OpenStage.Server.SecureMode;

/// <summary>What has become of a phone's certificate.</summary>
public enum ClientCertificateState
{
    /// <summary>Issued; the phone is not in Secure Mode with it.</summary>
    Issued,

    /// <summary>The phone is in Secure Mode with it.</summary>
    InUse,

    /// <summary>Revoked: the secure port refuses it.</summary>
    Revoked,

    /// <summary>Past its end: the secure port refuses it.</summary>
    Expired,
}
