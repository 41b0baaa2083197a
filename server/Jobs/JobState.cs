namespace OpenStage.Server.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Waits for its time, or for the phone's contact gap to end.</summary>
    Pending,

    /// <summary>The phone was sent a contact-me and has not called yet (WPI guide p.41).</summary>
    Contacting,

    /// <summary>The phone was sent the action and has not answered yet.</summary>
    Running,

    /// <summary>The phone was busy; it calls when it is idle, or is asked again later (p.46).</summary>
    WaitingForIdle,

    /// <summary>Waits for the phone's status message after a deployment (p.52).</summary>
    WaitingForStatus,

    /// <summary>Waits for the start-up that follows a restart (p.50).</summary>
    WaitingForStartUp,

    Succeeded,

    /// <summary>Done, but the phone refused some of the items (p.78).</summary>
    PartlyFailed,

    /// <summary>The phone refused the action or each of its items, or the attempts were used up.</summary>
    Failed,

    /// <summary>Not done in the time it was given.</summary>
    Expired,

    Cancelled,
}
