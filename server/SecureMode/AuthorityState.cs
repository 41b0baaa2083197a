namespace OpenStage.Server.SecureMode;

/// <summary>What an authority is used for.</summary>
public enum AuthorityState
{
    /// <summary>Certificates of phones are issued by it.</summary>
    Issuing,

    /// <summary>Certificates of it are taken, and none is issued any more.</summary>
    Trusted,

    /// <summary>Given up: no certificate of it is taken.</summary>
    Retired,
}
