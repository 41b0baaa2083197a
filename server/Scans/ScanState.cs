namespace OpenStage.Server.Scans;

/// <summary>Where a scan stands.</summary>
public enum ScanState
{
    /// <summary>Contact-me requests are going out.</summary>
    Sending,

    /// <summary>All are out; the last ones have a minute to bring a call.</summary>
    WaitingForCalls,

    Done,

    /// <summary>Somebody stopped it, or the server ended.</summary>
    Stopped,
}
