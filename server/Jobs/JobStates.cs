namespace OpenStage.Server.Jobs;

public static class JobStates
{
    /// <summary>True when a job of this state is over for good.</summary>
    public static bool IsFinal(this JobState state) => state >= JobState.Succeeded;
}
