namespace OpenStage.Harness.Listening;

/// <summary>What a listener of the lab speaks.</summary>
public enum ListenerKind
{
    Http,

    /// <summary>TLS with a certificate of the lab.</summary>
    Https,

    /// <summary>TLS that asks the other side for a certificate, and takes any or none.</summary>
    MutualHttps,
}
