namespace OpenStage.Simulator.Machine;

/// <summary>The timers of a phone.</summary>
public enum PhoneTimer
{
    /// <summary>The phone has booted.</summary>
    Boot,

    /// <summary>The last POST is tried again.</summary>
    Retry,

    /// <summary>Start-up is tried again after the service could not be reached.</summary>
    Register,

    /// <summary>The poll address is asked.</summary>
    Poll,
}
