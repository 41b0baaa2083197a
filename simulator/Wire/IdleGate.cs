namespace OpenStage.Simulator.Wire;

/// <summary>Counts what a phone is doing, and tells when it does nothing.</summary>
internal sealed class IdleGate
{
    private static readonly TaskCompletionSource Resting = Completed();

    private readonly Lock gate = new();
    private TaskCompletionSource idle = Resting;
    private int work;

    public void Enter()
    {
        lock (gate)
        {
            if (work++ == 0)
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            if (--work > 0)
                return;
            idle.SetResult();
            // Shared by all phones at rest: thousands of them are in a process.
            idle = Resting;
        }
    }

    /// <summary>Completes when there is no work.</summary>
    public Task WhenIdleAsync(CancellationToken cancellation)
    {
        lock (gate)
            return idle.Task.IsCompleted ? Task.CompletedTask : idle.Task.WaitAsync(cancellation);
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        completed.SetResult();
        return completed;
    }
}
