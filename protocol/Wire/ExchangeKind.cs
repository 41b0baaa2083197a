namespace OpenStage.Protocol.Wire;

/// <summary>What an HTTP exchange was for.</summary>
public enum ExchangeKind
{
    /// <summary>A WorkpointMessage posted by the phone and the DLSMessage that answered it (WPI guide p.12).</summary>
    Message,

    /// <summary>A contact-me request sent to the phone (WPI guide p.14-15).</summary>
    ContactMe,

    /// <summary>A phone asking a poll address whether something waits (WPI guide p.15, p.24).</summary>
    Poll,

    /// <summary>A phone fetching a file (WPI guide p.52-57).</summary>
    Download,
}
