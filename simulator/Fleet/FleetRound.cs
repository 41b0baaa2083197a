namespace OpenStage.Simulator.Fleet;

/// <summary>Something that each of some phones has to do once: to end an interaction.</summary>
internal sealed class FleetRound(int wanted)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int done;

    public int Done => Volatile.Read(ref done);

    public void Count()
    {
        if (Interlocked.Increment(ref done) >= wanted)
            ended.TrySetResult();
    }

    /// <summary>Completes when all have done it, or with false when that takes too long.</summary>
    public async Task<bool> WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        if (wanted == 0)
            return true;
        try
        {
            await ended.Task.WaitAsync(patience, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
